import { basename } from 'node:path';
import { cachedBundle } from '../bundling/cached-bundle.mjs';
import { assetsFolder } from './server/app.ts';

/**
 * Bundles the web page if the existing bundle is old.
 * @throws BundleError
 */
export async function bundleConsole(root: string): Promise<void> {
  const folder = basename(assetsFolder);
  await cachedBundle({ root, entry: 'console/web/main.tsx', folder, platform: 'browser' });
}
