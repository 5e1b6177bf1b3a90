import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import type { OfferedControls } from '../../console/controls.ts';
import { textFor } from '../../console/pipeline-text.ts';
import { steps } from '../../console/tour/acts.ts';
import { views } from '../../console/web/views.ts';
import { ports as basePorts } from '../../demo/ports.ts';
import { accessibilityFindings, phone, picture, projector, useBrowser } from './chromium.ts';
import { currentSections } from './live-events.ts';

const { open, expectErrors } = useBrowser();
const { ports } = inject('pipeline');

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

describe('the title of the browser window', () => {
  it.each([
    ['/runbooks/PushFailed.md', 'PushFailed'],
    ['/alerts?alert=PushgatewayDown', 'PushgatewayDown'],
    ['/tour?step=burst', steps.find(({ step }) => step.id === 'burst')?.step.title],
  ])('on the page %s is "%s"', async (path, title) => {
    const page = await open(path);
    await expect.poll(() => page.title()).toBe(`${title} · Prometheus platform`);
    await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click();
    await expect.poll(() => page.title()).toBe('Map · Prometheus platform');
  });

  it('contains the name of the open dashboard', async () => {
    const page = await open('/d/nats');
    await expect.poll(() => page.title()).toBe('NATS · Prometheus platform');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Dashboards' }).click();
    await expect.poll(() => page.title()).toBe('Dashboards · Prometheus platform');
  });
});

describe('the console in a browser', () => {
  it('opens each view by its link, and goes back to the previous view', async () => {
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

  it('shows "Loading…" until a hidden browser tab becomes visible', async () => {
    const page = await (await open('/map')).context().newPage();
    await page.addInitScript(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    });
    await page.goto(`http://127.0.0.1:${ports.console}/runbooks/PushFailed.md`);
    await page.getByText('Loading…').waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.getByRole('heading', { name: 'Mitigation' }).waitFor();
  });

  it('reports an address that has no page', async () => {
    expectErrors(/404 \(Not Found\)/);
    const page = await open('/nowhere');
    await page.getByText('There is no page /nowhere.').waitFor();
    await page.getByRole('link', { name: 'Map', exact: true }).click();
    await page.waitForURL('**/map');
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility finding in any view, in the theme %s',
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
  ] as const)('has no view that scrolls sideways on a %s', async (device, viewport) => {
    const page = await open('/map', { viewport });
    for (const { name, path } of views) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ path, tooWide: width > viewport.width }).toEqual({ path, tooWide: false });
      const hidden = await page
        .getByRole('navigation')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect({ path, hidden }).toEqual({ path, hidden: 0 });
      await picture(page, `${device}${path.replaceAll('/', '-')}`);
    }
  });

  it('works in a seventh tab while six hidden tabs are open', async () => {
    const first = await open('/map');
    let page = first;
    // A browser opens at most six connections to a host. Hidden tabs must close their connections.
    for (let tab = 2; tab <= 7; tab += 1) {
      await page.locator('.map-node').first().waitFor();
      await hide(page, true);
      page = await first.context().newPage();
      await page.goto(first.url());
    }
    await page.locator('.map-node').first().waitFor();
    const requested = first.waitForRequest('**/api/events');
    await hide(first, false);
    await requested;
  });

  it('shows the start command if the console server does not answer', async () => {
    const page = await open('/map');
    const { offered } = await currentSections(page);
    await page.locator('.map-node').first().waitFor();
    expectErrors(/ERR_FAILED/);
    await page.route('**/api/**', (route) => route.abort());
    // A hidden page closes its event stream. When the page is visible again, it requests a new stream.
    await hide(page, true);
    await hide(page, false);
    const { startCommand } = offered as OfferedControls;
    const command = textFor(startCommand, ports.console - basePorts.console);
    await page.getByRole('alert').getByText('The console has not answered for').waitFor();
    expect(await page.getByRole('alert').locator('code').innerText()).toBe(command);
    await picture(page, 'console-does-not-answer');
  });

  it.each(['all components run', '2 not running', 'starting'])(
    'right-aligns the theme button on phones: status "%s"',
    async (status) => {
      const page = await open('/map', { viewport: phone });
      const header = page.getByRole('banner');
      const shown = header.getByRole('status');
      await shown.waitFor();
      await shown.evaluate((element, text) => {
        element.textContent = text;
      }, status);
      const button = await header.getByRole('button', { name: /^(Dark|Light)/ }).boundingBox();
      const margin = phone.width - ((button?.x ?? 0) + (button?.width ?? 0));
      expect(margin).toBeCloseTo(16, 0);
    },
  );

  it('shows why the server refuses to send the live state', async () => {
    const page = await open('/map');
    await page.locator('.map-node').first().waitFor();
    const detail = '50 pages are open already.';
    await page.route('**/api/events', (route) =>
      route.fulfill({ status: 429, contentType: 'application/problem+json', json: { detail } }),
    );
    expectErrors(/status of 429/);
    await page.reload();
    await page.getByRole('alert').getByText(detail).waitFor();
    await page.unroute('**/api/events');
    await page.locator('.map-node').first().waitFor();
    await page.getByText(detail).waitFor({ state: 'detached' });
  });
});
