import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { views } from '../../console/web/views.ts';
import { useBrowser } from './chromium.ts';
import { currentSections, event, type Sections, sendUpdates } from './live-events.ts';

const { open } = useBrowser();

const few = 20;
const many = 320;
/** Maximum growth of the heap, in bytes. A page that keeps all old drawings of the map grows by 30 MB. */
const largestGrowth = 3_000_000;

const steps = (update: number, position: number) => Math.floor(update / (1 + (position % 5)));

function updatesOf({ flows, components: status }: Sections, count: number): string {
  const changed = (index: number) => {
    const rates = Object.fromEntries(
      Object.entries(flows.rates).map(([id, rate], position) => [id, rate + steps(index, position)]),
    );
    const components = status.components.map((component, position) => ({
      ...component,
      rssBytes: (component.rssBytes ?? 0) + steps(index, position) * 1_000_000,
    }));
    return (
      event('flows', { ...flows, at: Date.now(), rates }) + event('components', { ...status, components })
    );
  };
  return Array.from({ length: count }, (_, index) => changed(index)).join('');
}

/** Heap size in bytes. */
async function heapAfter(page: Page, sections: Sections, updates: number): Promise<number> {
  await sendUpdates(page, sections, async () => updatesOf(sections, updates));
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

describe('the memory of an open page of the console', () => {
  it.each(views)('does not grow while the view $name receives updates', async ({ path }) => {
    const page = await open(path);
    const sections = await currentSections(page);
    const before = await heapAfter(page, sections, few);
    const after = await heapAfter(page, sections, many);
    expect(after - before).toBeLessThan(largestGrowth);
  });
});
