import type { Browser } from 'playwright-core';
import { projector } from '../../test/browser/launch.ts';

/** Waits for the first component on the map. The page draws components after the live state arrives. */
const observer = `window.firstNode = new Promise((resolve) => {
  new MutationObserver((changes, self) => {
    if (!document.querySelector('.map-node')) return;
    self.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true });
});`;

/** Milliseconds from the navigation until the first component is on the map. The cache is empty. */
export async function timeToInteractive(browser: Browser, base: string): Promise<number> {
  const context = await browser.newContext({ viewport: projector });
  try {
    const page = await context.newPage();
    await page.addInitScript(observer);
    await page.goto(`${base}/map`);
    return await page.evaluate<number>('window.firstNode');
  } finally {
    await context.close();
  }
}
