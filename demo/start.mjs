/** JavaScript without packages: the file must report an old Node.js and missing packages. */
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BundleError, cachedBundle } from '../bundling/cached-bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Packages outside the bundle. In a bundle, `esbuild` and `open` do not find their own files.
// In a bundle, `import('undici')` returns no named exports.
const external = ['esbuild', 'open', 'undici'];

// docs/adr/laptop-pipeline.md explains the reason for the bundle.
const program = { root, entry: 'demo/main.ts', folder: 'demo', external };
const entry = await cachedBundle(program).catch((error) => {
  if (!(error instanceof BundleError)) throw error;
  console.error(error.message);
  process.exit(1);
});
const { main } = await import(pathToFileURL(entry).href);
await main({ root, argv: process.argv.slice(2) });
