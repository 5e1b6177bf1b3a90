/**
 * `npm start`. This file is plain JavaScript: with an old Node, or without `npm ci`, the user gets a sentence and no
 * stack trace. The pipeline starts faster from a bundle: without a TypeScript loader (37 MB, 0.4 s), and without a
 * search for several hundred files (0.9 s).
 */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * These packages are not bundled. esbuild and open find files relative to their own location. undici is a CommonJS
 * package, and its dynamic import from a bundle would have no named exports.
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
