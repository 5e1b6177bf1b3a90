import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { views } from '../../console/web/views.ts';
import { accessibilityFindings, phone, picture, projector, useBrowser } from './chromium.ts';

const { open, expectErrors } = useBrowser();

/** Connections that Chromium opens to one server at most. */
const connectionsOfBrowser = 6;

describe('the console in a browser', () => {
  it('opens the map first, and each view by its link; the back button returns', async () => {
    const page = await open('/');
    await page.waitForURL('**/map');
    for (const { name, path } of views) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.waitForURL(`**${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe(views.at(-2)?.path);
  });

  it('names an address that has no page, and keeps the navigation', async () => {
    expectErrors(/404 \(Not Found\)/);
    const page = await open('/nowhere');
    await page.getByText('There is no page /nowhere.').waitFor();
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await page.waitForURL('**/map');
  });

  it('loads in more windows than a browser has connections, while the other windows are hidden', async () => {
    const windows = [await open('/map')];
    const [first] = windows as [Page];
    const setVisibility = (page: Page, state: DocumentVisibilityState) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    // A headless browser calls every window visible.
    for (let count = 1; count <= connectionsOfBrowser; count++) {
      await setVisibility(windows.at(-1) as Page, 'hidden');
      const next = await first.context().newPage();
      await next.goto(first.url());
      await next.getByText('all components run').waitFor({ timeout: 20_000 });
      windows.push(next);
    }
    await setVisibility(windows.at(-1) as Page, 'hidden');
    const events = first.waitForRequest('**/api/events');
    await setVisibility(first, 'visible');
    await events;
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility finding in any view, %s',
    async (theme) => {
      const page = await open('/map', { theme });
      for (const { name, path } of views) {
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect({ path, findings: await accessibilityFindings(page) }).toEqual({ path, findings: [] });
      }
    },
  );

  it.each([
    ['projector', projector],
    ['phone', phone],
  ] as const)('does not scroll sideways on a %s', async (device, viewport) => {
    const page = await open('/map', { viewport });
    for (const { name, path } of views) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ path, tooWide: width > viewport.width }).toEqual({ path, tooWide: false });
      await picture(page, `${device}${path.replaceAll('/', '-')}`);
    }
  });
});
