import { describe, expect, it } from 'vitest';
import { views } from '../../console/web/views.ts';
import { accessibilityFindings, phone, picture, projector, useBrowser } from './chromium.ts';

const { open } = useBrowser();

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
