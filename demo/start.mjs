/**
 * This file is JavaScript and needs no package. Therefore an old version of Node can also run the file. The file prints
 * a clear message if Node is too old, or if `npm ci` has not run.
 *
 * This file bundles `demo/main.ts` and runs the bundle. docs/adr/laptop-pipeline.md explains the reason for the bundle.
 */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Packages outside the bundle:
 * - `esbuild` and `open` find files relative to their own location.
 * - In a bundle, `await import('undici')` returns an object without named exports.
 */
const external = ['esbuild', 'open', 'undici'];

const program = { root, entry: 'demo/main.ts', folder: 'demo', external };
const entry = await cachedBundle(program).catch((error) => {
  if (!(error instanceof BundleError)) throw error;
  console.error(error.message);
  process.exit(1);
});
const { main } = await import(pathToFileURL(entry).href);
await main({ root, argv: process.argv.slice(2) });
