/** The build sets these values; a function that runs from its sources has placeholders. */
declare const BUILD_VERSION: string | undefined;
declare const BUILD_REVISION: string | undefined;

export const build = {
  version: typeof BUILD_VERSION === 'string' ? BUILD_VERSION : 'source',
  revision: typeof BUILD_REVISION === 'string' ? BUILD_REVISION : 'source',
} as const;
