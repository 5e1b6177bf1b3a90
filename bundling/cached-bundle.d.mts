export interface ProgramToBundle {
  /** Absolute path of the folder with package.json. */
  readonly root: string;
  /** Path of the program's source file, relative to `root`. */
  readonly entry: string;
  /** Name of the bundle's folder below dist/. */
  readonly folder: string;
  /** Names of packages that are not bundled. @default none */
  readonly external?: readonly string[];
  /** Whether Node or a browser runs the bundle. A bundle for browsers is minified, and its main file is `main.js`. @default 'node' */
  readonly platform?: 'node' | 'browser';
}

/** A fault that the user can fix. The message contains the remedy. */
export class BundleError extends Error {}

/**
 * Builds a bundle, unless it is up to date with its sources.
 * @returns the absolute path of the bundle's main module
 * @throws BundleError when Node is too old, packages are missing, the disk is full, or a source does not compile
 * @example await import(pathToFileURL(await cachedBundle({ root, entry: 'main.ts', folder: 'synth' })).href);
 */
export function cachedBundle(program: ProgramToBundle): Promise<string>;

/**
 * File in the folder of a bundle for browsers: esbuild's description of each output, with its imports. The size of the
 * page's script is computed from it.
 */
export const outputsFile: string;
