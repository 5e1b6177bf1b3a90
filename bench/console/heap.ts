import type { Browser, CDPSession, Page } from 'playwright-core';
import { openPage, openView, viewNames } from './console-page.ts';
import { type HeapContent, heapContent } from './heap-content.ts';

/** Heap sizes of the pages after a garbage collection. */
export interface HeapSample {
  /** Minutes since the first sample. */
  readonly minute: number;
  /**
   * Used JavaScript heap of each page in bytes. The key is the view that stays open on the page; `all in turn` is the
   * page that opens every view once a minute.
   */
  readonly heapBytes: Readonly<Record<string, number>>;
  /** Content of the same heaps. Only the samples in the minute `from` and in the last minute have it. */
  readonly contents?: Readonly<Record<string, HeapContent>>;
}

export interface HeapPeriod {
  /** Minute from which the growth counts. */
  readonly from: number;
  /** The last minute. */
  readonly minutes: number;
}

const allInTurn = 'all in turn';
const minuteMs = 60_000;
/** Milliseconds for which the page `all in turn` shows each view. The map is open for the rest of the minute. */
const viewMs = 8000;

/**
 * Opens one page for each view, and one page that opens every view once a minute. Takes a sample at the start and after
 * each minute. Each page has drawn its views before the first sample, because the code of a view also takes memory.
 */
export async function heapOverTime(
  browser: Browser,
  base: string,
  { from, minutes }: HeapPeriod,
  onSample: (sample: HeapSample) => void = () => {},
): Promise<readonly HeapSample[]> {
  const turning = await openPage(browser, `${base}/map`);
  const names = await viewNames(turning);
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

/** Opens each view, and then the map again, which is the first view. */
async function openInTurn(page: Page, [map = '', ...others]: readonly string[], ms: number): Promise<void> {
  for (const name of [...others, map]) {
    await openView(page, name);
    await page.waitForTimeout(ms);
  }
}

async function usedHeap(session: CDPSession): Promise<number> {
  // The second garbage collection frees objects that the first collection only released, such as objects with weak
  // references.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
