import { cachedBundle } from '../bundling/cached-bundle.mjs';

/** Bundles the console's page, unless its sources and packages are unchanged. @throws BundleError */
export async function bundleConsole(root: string): Promise<void> {
  await cachedBundle({ root, entry: 'console/web/main.tsx', folder: 'console', platform: 'browser' });
}
