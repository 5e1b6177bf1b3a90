/** Bundles the program and the web page of the service `console`. The build of the service's image runs this file. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedBundle } from '../../bundling/cached-bundle.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// undici is not bundled. It is a CommonJS package. With a bundle, its dynamic import would have no named exports.
await cachedBundle({ root, entry: 'demo/compose/main.ts', folder: 'compose', external: ['undici'] });
await cachedBundle({ root, entry: 'console/web/main.tsx', folder: 'console', platform: 'browser' });
