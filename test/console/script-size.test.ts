import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptLimits, scriptSizes } from '../../bench/console/script-size.ts';
import { bundleConsole } from '../../console/bundle.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the compressed scripts of the console', () => {
  it('are within their size limits', async () => {
    await bundleConsole(root);
    const { firstView, all } = scriptSizes(root);
    expect(firstView).toBeLessThanOrEqual(scriptLimits.firstView);
    expect(all).toBeLessThanOrEqual(scriptLimits.all);
    // The first view must not load the scripts of the other views.
    expect(firstView).toBeLessThan(all / 2);
  });
});
