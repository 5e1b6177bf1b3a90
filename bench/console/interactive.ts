import type { Browser } from 'playwright-core';
import { projector } from '../../test/browser/launch.ts';

/** Observes the page from its first script on. A node of the map is drawn when the live state has arrived. */
const observer = `globalThis.firstNode = new Promise((resolve) => {
  new MutationObserver((changes, self) => {
    if (!document.querySelector('.map-node')) return;
    self.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true });
});`;

/** Milliseconds from the start of the navigation to the frame with the first node of the map, with an empty cache. */
export async function timeToInteractive(browser: Browser, base: string): Promise<number> {
  const context = await browser.newContext({ viewport: projector });
  try {
    const page = await context.newPage();
    await page.addInitScript(observer);
    await page.goto(`${base}/map`);
    return await page.evaluate<number>('globalThis.firstNode');
  } finally {
    await context.close();
  }
}
