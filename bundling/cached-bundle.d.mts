export interface ProgramToBundle {
  /** Absolute path of the folder with package.json. */
  readonly root: string;
  /** Path of the main source file, relative to `root`. */
  readonly entry: string;
  /** Folder of the bundle in dist/. */
  readonly folder: string;
  /** Names of packages that the bundle does not contain. @default none */
  readonly external?: readonly string[];
  /** Program that runs the bundle. A bundle for browsers is minified, and its main file is `main.js`. @default 'node' */
  readonly platform?: 'node' | 'browser';
}

/** An error that the user can fix. The message contains the cause. */
export class BundleError extends Error {}

/**
 * @returns the absolute path of the bundle's main module
 * @throws BundleError when Node is too old, packages are missing, a write fails, or a source does not compile
 * @example await import(pathToFileURL(await cachedBundle({ root, entry: 'main.ts', folder: 'synth' })).href);
 */
export function cachedBundle(program: ProgramToBundle): Promise<string>;

/**
 * Name of a file in each bundle for browsers. The file contains esbuild's description of each output file, such as the
 * size and the imports of the output file.
 */
export const outputsFile: string;
