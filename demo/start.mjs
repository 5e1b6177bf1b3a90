/**
 * The program of `npm start`. This file is plain JavaScript, because plain JavaScript can print a clear message under
 * an old Node or without `npm ci`. The file starts a bundle of the TypeScript sources. Without the bundle, a start
 * needs more time and memory: 0.4 s and 37 MB for a TypeScript loader, and 0.9 s to find several hundred source files.
 */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Three packages stay outside the bundle. `esbuild` and `open` find files relative to their own location. `undici` is a
 * CommonJS package: inside a bundle, `await import('undici')` would return an object without named exports.
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
