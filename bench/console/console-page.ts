import type { Browser, Page } from 'playwright-core';
import { projector } from '../../test/browser/launch.ts';

/** Opens a path of the console in a new browser context, which has an empty cache. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: projector });
  const page = await context.newPage();
  // Playwright's default of 30 s can be too short on a busy machine.
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return page;
}

const links = (page: Page) => page.getByRole('navigation').getByRole('link');

/** Names of the views; the map is first. */
export async function viewNames(page: Page): Promise<readonly string[]> {
  await links(page).first().waitFor();
  return links(page).allInnerTexts();
}

export async function openView(page: Page, name: string): Promise<void> {
  const link = links(page).filter({ hasText: new RegExp(`^${name}$`) });
  await link.click();
  await page.waitForURL(`**${await link.getAttribute('href')}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}
