/**
 * Constants that the build of the bundles sets. In a process that runs the sources, placeholders replace the constants.
 */
declare const BUILD_VERSION: string | undefined;
declare const BUILD_REVISION: string | undefined;

export const build = {
  version: typeof BUILD_VERSION === 'string' ? BUILD_VERSION : 'source',
  revision: typeof BUILD_REVISION === 'string' ? BUILD_REVISION : 'source',
} as const;
