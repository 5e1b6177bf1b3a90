/** `npm run build` replaces these names with texts. They are undefined if Node runs the sources. */
declare const BUILD_VERSION: string | undefined;
declare const BUILD_REVISION: string | undefined;

export const build = {
  version: typeof BUILD_VERSION === 'string' ? BUILD_VERSION : 'source',
  revision: typeof BUILD_REVISION === 'string' ? BUILD_REVISION : 'source',
} as const;
