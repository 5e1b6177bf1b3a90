import type { CDPSession, Page } from 'playwright-core';
import { openView, viewNames } from './console-page.ts';

/** What the page holds after a garbage collection. */
export interface HeapSample {
  /** Minutes since the first sample. */
  readonly minute: number;
  /** Used heap of JavaScript in bytes. */
  readonly heapBytes: number;
  readonly domNodes: number;
  readonly eventListeners: number;
}

/** Time on each view in one minute. The map is open for the rest of the minute, and during the sample. */
const viewMs = 8000;
const minuteMs = 60_000;

/**
 * Opens every view once a minute and returns to the map. Takes a sample after each minute, and one before the first.
 * The first round is not counted, because it loads the code of the views.
 */
export async function heapOverTime(
  page: Page,
  minutes: number,
  onSample: (sample: HeapSample) => void = () => {},
): Promise<readonly HeapSample[]> {
  const session = await page.context().newCDPSession(page);
  const samples: HeapSample[] = [];
  const take = async (minute: number) => {
    const sample = { minute, ...(await collected(session)) };
    samples.push(sample);
    onSample(sample);
  };
  await roundOfViews(page, 2000);
  await take(0);
  for (let minute = 1; minute <= minutes; minute += 1) {
    const end = Date.now() + minuteMs;
    await roundOfViews(page, viewMs);
    await page.waitForTimeout(Math.max(0, end - Date.now()));
    await take(minute);
  }
  await session.detach();
  return samples;
}

async function roundOfViews(page: Page, ms: number): Promise<void> {
  const [map = '', ...others] = await viewNames(page);
  for (const name of [...others, map]) {
    await openView(page, name);
    await page.waitForTimeout(ms);
  }
}

async function collected(session: CDPSession): Promise<Omit<HeapSample, 'minute'>> {
  // The second collection frees what the first one only released, such as objects with weak references.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heapBytes: usedSize, domNodes: nodes, eventListeners: jsEventListeners };
}
