import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { cpuSeconds } from '../functions/servers.ts';
import { openPage, openView, viewNames } from './console-page.ts';

/** Processor time as shares of a core: 1 is a whole core. */
export interface Shares {
  readonly page: number;
  /** Processor time of all browser processes except the renderers. The renderers count as `page`. */
  readonly browser: number;
  /** One process runs the console server, the supervisor and the traffic generator. */
  readonly server: number;
}

type Shown = string | undefined;

/** The first measurement is without an open page. Each later measurement is with one open view. */
export async function* processorTime(
  browser: Browser,
  { base, serverPid, seconds }: { base: string; serverPid: number; seconds: number },
): AsyncGenerator<{ readonly view: Shown; readonly shares: Shares }> {
  yield { view: undefined, shares: await sharesOver(browser, serverPid, seconds) };
  const page = await openPage(browser, `${base}/map`);
  try {
    for (const view of await viewNames(page)) {
      await openView(page, view);
      yield { view, shares: await sharesOver(browser, serverPid, seconds) };
    }
  } finally {
    await page.context().close();
  }
}

async function sharesOver(browser: Browser, serverPid: number, seconds: number): Promise<Shares> {
  // The page draws the view during this delay. The measurement must not contain the first drawing.
  await delay(3000);
  const started = performance.now();
  const before = await usedSeconds(browser, serverPid);
  await delay(seconds * 1000);
  const after = await usedSeconds(browser, serverPid);
  const elapsed = (performance.now() - started) / 1000;
  return {
    page: (after.page - before.page) / elapsed,
    browser: (after.browser - before.browser) / elapsed,
    server: (after.server - before.server) / elapsed,
  };
}

async function usedSeconds(browser: Browser, serverPid: number): Promise<Shares> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sum = (isPage: boolean) =>
    processInfo
      .filter(({ type }) => (type === 'renderer') === isPage)
      .reduce((total, { cpuTime }) => total + cpuTime, 0);
  return { page: sum(true), browser: sum(false), server: cpuSeconds(serverPid) };
}
