export interface ProgramToBundle {
  /** Absolute path of the folder that holds package.json. */
  readonly root: string;
  /** The program's file, relative to `root`. */
  readonly entry: string;
  /** Below dist/. */
  readonly folder: string;
  /** Packages that stay outside the bundle. @default none */
  readonly external?: readonly string[];
  /** What runs the bundle. A bundle for browsers is minified, and its main file is `main.js`. @default 'node' */
  readonly platform?: 'node' | 'browser';
}

/** A fault that the user can fix; the message names the fix. */
export class BundleError extends Error {}

/**
 * @returns the absolute path of the bundle's main module, up to date with its sources
 * @throws BundleError when Node is too old, packages are missing, the disk is full, or a source does not compile
 * @example await import(pathToFileURL(await cachedBundle({ root, entry: 'main.ts', folder: 'synth' })).href);
 */
export function cachedBundle(program: ProgramToBundle): Promise<string>;

/**
 * File in the folder of a bundle for browsers: esbuild's description of each output, with its imports. The size of the
 * page's script is computed from it.
 */
export const outputsFile: string;
