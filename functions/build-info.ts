/** The build of the bundles replaces these constants. Without a build, placeholders are used. */
declare const BUILD_VERSION: string | undefined;
declare const BUILD_REVISION: string | undefined;

export const build = {
  version: typeof BUILD_VERSION === 'string' ? BUILD_VERSION : 'source',
  revision: typeof BUILD_REVISION === 'string' ? BUILD_REVISION : 'source',
} as const;
