export interface ProgramToBundle {
  /** Absolute path of the folder with package.json. */
  readonly root: string;
  /** Path of the main source file, relative to `root`. */
  readonly entry: string;
  /** Folder of the bundle in dist/. */
  readonly folder: string;
  /** Names of packages that the bundle does not contain. @default none */
  readonly external?: readonly string[];
  /** A bundle for browsers is minified, and its main file is `main.js`. @default 'node' */
  readonly platform?: 'node' | 'browser';
}

/** An error that the user can fix, such as an old Node.js. The message contains the cause. */
export class BundleError extends Error {}

/**
 * Returns the absolute path of the main module.
 * @throws BundleError
 * @example await import(pathToFileURL(await cachedBundle({ root, entry: 'main.ts', folder: 'synth' })).href);
 */
export function cachedBundle(program: ProgramToBundle): Promise<string>;

/** Name of a file in each bundle for browsers. The file contains `metafile.outputs` of esbuild. */
export const outputsFile: string;
