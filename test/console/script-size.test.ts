import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptLimits, scriptSizes } from '../../bench/console/script-size.ts';
import { bundleConsole } from '../../console/bundle.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the compressed script of the console', () => {
  it('is smaller than the limit for the first view and the limit for all views', async () => {
    await bundleConsole(root);
    const { firstView, all } = scriptSizes(root);
    expect(firstView).toBeLessThanOrEqual(scriptLimits.firstView);
    expect(all).toBeLessThanOrEqual(scriptLimits.all);
    // The other views load their scripts later. The editor of Explore is a third of all scripts.
    expect(firstView).toBeLessThan(all / 2);
  });
});
