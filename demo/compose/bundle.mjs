/** The build of the image for the service `console` runs this file. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedBundle } from '../../bundling/cached-bundle.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// undici is CommonJS. In a bundle, `await import('undici')` would return no named exports.
await cachedBundle({ root, entry: 'demo/compose/main.ts', folder: 'compose', external: ['undici'] });
await cachedBundle({ root, entry: 'console/web/main.tsx', folder: 'console', platform: 'browser' });
