/**
 * `npm start`. This file is plain JavaScript, because an old Node or a missing `npm ci` must give a sentence and no
 * stack trace. A bundle starts faster: a TypeScript loader needs 37 MB and 0.4 s, and the search for several hundred
 * files needs 0.9 s.
 */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * esbuild and open are not bundled, because they find files relative to their own location. undici is not bundled,
 * because a dynamic import of this CommonJS package from a bundle has no named exports.
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
