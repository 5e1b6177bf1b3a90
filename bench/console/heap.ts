import type { Browser, CDPSession, Page } from 'playwright-core';
import { openPage, openView, viewNames } from './console-page.ts';
import { type HeapContent, heapContent } from './heap-content.ts';

/** Heap sizes after a garbage collection. */
export interface HeapSample {
  /** Minutes since the first sample. */
  readonly minute: number;
  /** Used heap of each page in bytes. */
  readonly heapBytes: Readonly<Record<string, number>>;
  readonly contents?: Readonly<Record<string, HeapContent>>;
}

export interface HeapPeriod {
  /** Start of the period in which the heap growth is measured. The period ends at the minute `minutes`. */
  readonly from: number;
  readonly minutes: number;
}

const allInTurn = 'all in turn';
const minuteMs = 60_000;
/** Milliseconds for which a page shows one view before the next view opens. */
const viewMs = 8000;

export async function heapOverTime(
  browser: Browser,
  base: string,
  { from, minutes }: HeapPeriod,
  onSample: (sample: HeapSample) => void = () => {},
): Promise<readonly HeapSample[]> {
  const turning = await openPage(browser, `${base}/map`);
  const names = await viewNames(turning);
  // A view loads code when the view first opens. The measurement must not count this code as growth.
  await openInTurn(turning, names, 2000);
  const pages: Record<string, Page> = { [allInTurn]: turning };
  for (const name of names) {
    const page = await openPage(browser, `${base}/map`);
    await openView(page, name);
    pages[name] = page;
  }
  const sessions = await Promise.all(
    Object.entries(pages).map(
      async ([name, page]) => [name, await page.context().newCDPSession(page)] as const,
    ),
  );
  const samples: HeapSample[] = [];
  const take = async (minute: number) => {
    const heapBytes: Record<string, number> = {};
    const contents: Record<string, HeapContent> = {};
    for (const [name, session] of sessions) {
      heapBytes[name] = await usedHeap(session);
      if (minute === from || minute === minutes) contents[name] = await heapContent(session);
    }
    const sample = { minute, heapBytes, ...(Object.keys(contents).length > 0 && { contents }) };
    samples.push(sample);
    onSample(sample);
  };
  await take(0);
  for (let minute = 1; minute <= minutes; minute += 1) {
    const end = Date.now() + minuteMs;
    await openInTurn(turning, names, viewMs);
    await turning.waitForTimeout(Math.max(0, end - Date.now()));
    await take(minute);
  }
  for (const page of Object.values(pages)) await page.context().close();
  return samples;
}

async function openInTurn(page: Page, [map = '', ...others]: readonly string[], ms: number): Promise<void> {
  for (const name of [...others, map]) {
    await openView(page, name);
    await page.waitForTimeout(ms);
  }
}

async function usedHeap(session: CDPSession): Promise<number> {
  // Some objects, such as objects with weak references, are freed only by the second garbage collection.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
