import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptLimits, scriptSizes } from '../../bench/console/script-size.ts';
import { bundleConsole } from '../../console/bundle.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the compressed script of the console', () => {
  it('is within the limits, for the first view and for all views', async () => {
    await bundleConsole(root);
    const { firstView, all } = scriptSizes(root);
    expect(firstView).toBeLessThanOrEqual(scriptLimits.firstView);
    expect(all).toBeLessThanOrEqual(scriptLimits.all);
    // The views are loaded lazily: the editor of Explore is a third of the script.
    expect(firstView).toBeLessThan(all / 2);
  });
});
