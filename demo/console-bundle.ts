import { cachedBundle } from '../bundling/cached-bundle.mjs';

/**
 * Bundles the web page of the console, unless its sources and packages have not changed.
 * @throws BundleError
 */
export async function bundleConsole(root: string): Promise<void> {
  await cachedBundle({ root, entry: 'console/web/main.tsx', folder: 'console', platform: 'browser' });
}
