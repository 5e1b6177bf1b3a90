import type { Browser } from 'playwright-core';
import { projector } from '../../test/browser/launch.ts';

/**
 * Script that waits for the first component on the map. It runs before all scripts of the page. The map draws a
 * component only after the live state has arrived.
 */
const observer = `window.firstNode = new Promise((resolve) => {
  new MutationObserver((changes, self) => {
    if (!document.querySelector('.map-node')) return;
    self.disconnect();
    requestAnimationFrame(() => resolve(performance.now()));
  }).observe(document, { childList: true, subtree: true });
});`;

/**
 * Milliseconds from the start of the navigation to the frame with the first component on the map. The cache is empty.
 */
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
