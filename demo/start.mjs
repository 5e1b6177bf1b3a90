/**
 * `npm start`. Plain JavaScript, because an old Node or a missing `npm ci` must cause a sentence and not a stack
 * trace. A bundle starts faster: it needs no TypeScript loader (37 MB, 0.4 s) and no search for several hundred files
 * (0.9 s).
 */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * esbuild and open find files by their own location. undici is CommonJS: a dynamic import of its bundle has no named
 * exports.
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
