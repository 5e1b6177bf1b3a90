import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PipelineStatus } from '../../console/controls.ts';
import type { Flows } from '../../console/live.ts';
import { views } from '../../console/web/views.ts';
import { useBrowser } from './chromium.ts';

const { open } = useBrowser();

const few = 20;
const many = 320;
/**
 * Maximum growth of the heap in bytes. Compiled code also increases the heap. A page that kept each drawing of the map
 * would need 0.1 MB for each drawing.
 */
const largestGrowth = 3_000_000;

interface Sections {
  readonly flows: Flows;
  readonly components: PipelineStatus;
  /** All other sections that the views read. */
  readonly [section: string]: unknown;
}

const retry = (ms: number) => `retry: ${ms}\n\n`;

/** All sections of the live state, as the console sends them now. */
function currentSections(page: Page): Promise<Sections> {
  return page.evaluate(
    (names) =>
      new Promise<Sections>((resolve) => {
        const found: Record<string, unknown> = {};
        const events = new EventSource('/api/events');
        for (const name of names) {
          events.addEventListener(name, (event) => {
            found[name] = JSON.parse(event.data);
            if (Object.keys(found).length < names.length) return;
            events.close();
            resolve(found as unknown as Sections);
          });
        }
      }),
    [
      'topology',
      'offered',
      'components',
      'flows',
      'faults',
      'schedule',
      'traffic',
      'batch',
      'alerts',
      'incidents',
    ],
  );
}

/**
 * A number that increases with the updates. As in a real pipeline, some values change with each update, and other
 * values change less often.
 */
const steps = (update: number, position: number) => Math.floor(update / (1 + (position % 5)));

const event = (section: string, value: unknown) => `event: ${section}\ndata: ${JSON.stringify(value)}\n\n`;

/**
 * Many updates with new rates and new memory. In the last update, no component runs. The header of the page then shows
 * that all updates have arrived.
 */
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
  const stopped = status.components.map((component) => ({ ...component, state: 'stopped' }));
  return [
    ...Array.from({ length: count }, (_, index) => changed(index)),
    event('components', { ...status, components: stopped }),
  ].join('');
}

/** Bytes of the heap after the page has drawn the given number of updates. */
async function heapAfter(page: Page, sections: Sections, updates: number): Promise<number> {
  const heading = page.getByRole('heading', { level: 1 });
  // The updates come in a second stream. The page draws an update only if the view is already open when the update
  // arrives.
  const streams = [
    async () =>
      Object.entries(sections)
        .map(([section, value]) => event(section, value))
        .join('') + retry(100),
    async () => {
      await heading.waitFor();
      return retry(3_600_000) + updatesOf(sections, updates);
    },
  ];
  await page.unroute('**/api/events');
  await page.route('**/api/events', async (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: (await streams.shift()?.()) ?? '' }),
  );
  await page.reload();
  await page.getByText(`${sections.components.components.length} not running`).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

describe('the memory of an open page', () => {
  it.each(views)('does not grow while the view $name receives updates', async ({ path }) => {
    const page = await open(path);
    const sections = await currentSections(page);
    const before = await heapAfter(page, sections, few);
    const after = await heapAfter(page, sections, many);
    expect(after - before).toBeLessThan(largestGrowth);
  });
});
