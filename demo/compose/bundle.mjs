/** Bundles program and web page of the service `console`. The build of its image runs this file. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedBundle } from '../../bundling/cached-bundle.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// undici is not bundled, because a dynamic import of this CommonJS package from a bundle has no named exports.
await cachedBundle({ root, entry: 'demo/compose/main.ts', folder: 'compose', external: ['undici'] });
await cachedBundle({ root, entry: 'console/web/main.tsx', folder: 'console', platform: 'browser' });
