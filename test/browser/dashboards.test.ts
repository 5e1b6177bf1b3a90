import type { Page } from 'playwright-core';
import { request } from 'undici';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { dashboards as allDashboards, type Board } from '../../dashboards/index.ts';
import { dashboardUids } from '../../rules/index.ts';
import { panelsOf } from '../dashboards/panels.ts';
import { accessibilityFindings, phone, picture, useBrowser } from './chromium.ts';

const dashboards = allDashboards.filter(({ uid }) => dashboardUids.some((one) => one === uid));
const { open, expectErrors } = useBrowser();
const { ports } = inject('pipeline');

/** Some panels have data only after two runs of the batch. */
beforeAll(async () => {
  const { body } = await request(`http://127.0.0.1:${ports.console}/api/batch`, {
    method: 'POST',
    body: '{}',
  });
  await body.dump();
});

/** Maximum time until a panel shows data, in milliseconds. A rate needs several scrapes. */
const patienceMs = 60_000;

interface Drawn {
  readonly id: number;
  readonly marks: number;
  readonly error: string | null;
}

/** Only panels on the screen have content: call `showAll` first. */
const drawn = (page: Page): Promise<readonly Drawn[]> =>
  page.locator('[data-panel]').evaluateAll((panels) =>
    panels.map((panel) => ({
      id: Number(panel.getAttribute('data-panel')),
      marks: Number(panel.getAttribute('data-marks')),
      error: panel.getAttribute('data-error'),
    })),
  );

async function showAll(page: Page): Promise<void> {
  await page.locator('[data-panel]').first().waitFor();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height: height + 50 });
}

const panelOf = (page: Page, id: number) => page.locator(`[data-panel="${id}"]`);
const idOf = ({ uid }: Board, title: string) => {
  const found = dashboards
    .filter((one) => one.uid === uid)
    .flatMap(panelsOf)
    .find(({ panel }) => panel.title === title);
  if (!found?.panel.id) throw new Error(`no panel ${title} in ${uid}`);
  return found.panel.id;
};
const nats = dashboards[0] as Board;
const messages = idOf(nats, 'Messages per second');
const hasMarks = (page: Page, id: number, count = 1) =>
  page
    .locator(`[data-panel="${id}"]:not([data-marks="0"])[aria-busy="false"]`)
    .nth(count - 1)
    .waitFor();

function queriesOf(page: Page): URLSearchParams[] {
  const sent: URLSearchParams[] = [];
  page.on('request', (one) => {
    if (/\/api\/v1\/query(_range)?$/.test(one.url())) sent.push(new URLSearchParams(one.postData() ?? ''));
  });
  return sent;
}

describe.each(dashboards)('the dashboard $title', (board) => {
  it('draws every panel, and fits on a phone', async () => {
    const page = await open(`/d/${board.uid}?refresh=5s`, { theme: 'light' });
    await showAll(page);
    const wanted = panelsOf(board).map(({ panel }) => panel.id);
    await expect
      .poll(async () => (await drawn(page)).filter(({ marks }) => marks === 0), { timeout: patienceMs })
      .toEqual([]);
    const all = await drawn(page);
    expect(all.map(({ id }) => id)).toEqual(wanted);
    expect(all.filter(({ error }) => error !== null)).toEqual([]);
    const graphs = await page
      .locator('[data-panel]:has(.chart)')
      .evaluateAll((panels) =>
        panels.map((panel) => [
          panel.getAttribute('data-marks'),
          panel.querySelector('.chart')?.getAttribute('data-series'),
        ]),
      );
    expect(graphs.length).toBeGreaterThan(5);
    for (const [marks, series] of graphs) expect(series).toBe(marks);
    await picture(page, `dashboard-${board.uid}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, `dashboard-${board.uid}-dark`);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme });
      await picture(page, `dashboard-${board.uid}-phone-${colorScheme}`);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(phone.width);
  });
});

describe('the Dashboards view', () => {
  it('lists every dashboard with the address to which the alerts link', async () => {
    const page = await open('/dashboards');
    const links = page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link');
    await links.first().waitFor();
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(
      dashboardUids.map((uid) => `/d/${uid}`),
    );
    await picture(page, 'dashboards');
    await links.first().click();
    await page.getByRole('heading', { level: 1, name: 'NATS' }).waitFor();
  });

  it('draws the lines of a graph in colour', async () => {
    const page = await open(`/d/nats?viewPanel=${messages}`);
    await hasMarks(page, messages);
    const colors = await panelOf(page, messages)
      .locator('canvas')
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        const seen = new Set<string>();
        for (let at = 0; at < (pixels?.length ?? 0); at += 4) seen.add(String(pixels?.slice(at, at + 4)));
        return seen.size;
      });
    expect(colors).toBeGreaterThan(20);
  });

  it('restores the previous selection of clusters after the browser button Back', async () => {
    const page = await open('/d/multi-cluster');
    const table = panelOf(page, idOf(dashboards[2] as Board, 'Clusters side by side'));
    const rows = table.locator('tbody tr');
    await rows.nth(1).waitFor();
    await page.getByRole('button', { name: /^Cluster:/ }).click();
    await page.getByRole('checkbox', { name: 'another-cluster' }).check();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('another-cluster');
    expect(new URL(page.url()).searchParams.getAll('var-cluster')).toEqual(['another-cluster']);
    await page.getByRole('checkbox', { name: 'nats-primary' }).check();
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByRole('checkbox', { name: 'All' }).check();
    await expect.poll(() => new URL(page.url()).searchParams.get('var-cluster')).toBe('$__all');
    await page.goBack();
    await expect
      .poll(() => new URL(page.url()).searchParams.getAll('var-cluster'))
      .toEqual(['another-cluster', 'nats-primary']);
  });

  it('reads the variables and the time range from a Grafana URL', async () => {
    const page = await open('/d/nats?var-environment=demo&var-cluster=another-cluster&from=now-5m&to=now');
    await page.getByRole('button', { name: 'Environment: demo' }).waitFor();
    await page.getByRole('button', { name: 'Cluster: another-cluster' }).waitFor();
    await page.getByRole('button', { name: 'Time range: Last 5 minutes' }).waitFor();
    await hasMarks(page, messages);
    const legend = panelOf(page, messages).getByRole('list', { name: 'Series' });
    expect(await legend.textContent()).not.toContain('nats-primary');
  });

  it('changes the time range with a preset, and with a drag over a graph', async () => {
    const page = await open('/d/nats?refresh=off');
    await hasMarks(page, messages);
    const queries = queriesOf(page);
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: 'Last 5 minutes' }).click();
    const lengths = () =>
      new Set(
        queries
          .filter((sent) => sent.has('start'))
          .map((sent) => Number(sent.get('end')) - Number(sent.get('start'))),
      );
    await expect.poll(() => [...lengths()].some((length) => Math.abs(length - 300) <= 5)).toBe(true);
    await hasMarks(page, messages);
    const area = await panelOf(page, messages).locator('.u-over').boundingBox();
    if (!area) throw new Error('The graph has no area.');
    await page.mouse.move(area.x + area.width * 0.5, area.y + area.height / 2);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width * 0.9, area.y + area.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=\d{13}&to=\d{13}/);
    const { searchParams } = new URL(page.url());
    const seconds = (Number(searchParams.get('to')) - Number(searchParams.get('from'))) / 1000;
    expect(seconds).toBeGreaterThan(100);
    expect(seconds).toBeLessThan(140);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForURL((url) => {
      const length = Number(url.searchParams.get('to')) - Number(url.searchParams.get('from'));
      return length / 1000 > seconds * 1.9;
    });
  });

  it('queries a past time range a second time after a click on Refresh', async () => {
    const to = Date.now();
    const page = await open(`/d/nats?refresh=off&from=${to - 300_000}&to=${to}`);
    await hasMarks(page, messages);
    const queries = queriesOf(page);
    await page.getByRole('button', { name: 'Refresh', exact: true }).click();
    await expect.poll(() => queries.some((sent) => sent.has('start'))).toBe(true);
    await hasMarks(page, messages);
  });

  it('reports an invalid time range, and shows the default time range', async () => {
    const page = await open('/d/nats?from=yesterday&to=now');
    await page.getByRole('alert').filter({ hasText: 'is not valid' }).waitFor();
    await hasMarks(page, messages);
  });

  it('explains a panel, shows the query of the panel, and enlarges the panel', async () => {
    const page = await open('/d/nats');
    await hasMarks(page, messages);
    await page.getByRole('button', { name: 'Explain Messages per second' }).click();
    const dialog = page.getByRole('dialog', { name: 'Messages per second' });
    await dialog.getByText('Received from clients and delivered to them.').waitFor();
    expect(await dialog.locator('code').first().textContent()).toMatch(
      /rate\(nats_varz_in_msgs\{.*\}\[\d+s\]\)/,
    );
    await picture(page, 'dashboard-explain');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Menu of Messages per second' }).click();
    await page.getByRole('button', { name: 'View in full width' }).click();
    await page.waitForURL(/viewPanel=/);
    await expect.poll(() => page.locator('[data-panel]').count()).toBe(1);
    await hasMarks(page, messages);
    await picture(page, 'dashboard-panel');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-panel]').count()).toBeGreaterThan(10);

    await page.getByRole('button', { name: 'Menu of Messages per second' }).click();
    await page.getByRole('link', { name: /^Open the query A/ }).click();
    await page.waitForURL(
      /\/explore\?expr=sum%28rate%28nats_varz_in_msgs|\/explore\?expr=sum\(rate\(nats_varz_in_msgs/,
    );
  });

  it('shows the message of Prometheus only in the panel whose query fails', async () => {
    const page = await open('/dashboards');
    await page.route('**/api/dashboards/nats', async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll('nats_varz_in_bytes{', 'nats_varz_in_bytes{{');
      await route.fulfill({ response, body: text });
    });
    expectErrors(/400 \(Bad Request\)/);
    await page.getByRole('link', { name: 'NATS', exact: true }).click();
    const bytes = panelOf(page, idOf(nats, 'Bytes per second'));
    await bytes.getByRole('alert').filter({ hasText: 'parse error' }).waitFor();
    await hasMarks(page, messages);
    expect((await drawn(page)).filter(({ error }) => error !== null)).toHaveLength(1);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('queries only panels near the screen, at most four at the same time', async () => {
    const page = await open('/faults');
    let running = 0;
    let most = 0;
    await page.route('**/api/prometheus/api/v1/query*', async (route) => {
      running += 1;
      most = Math.max(most, running);
      const response = await route.fetch();
      running -= 1;
      await route.fulfill({ response });
    });
    await page.goto(new URL('/d/pipeline-health', page.url()).href);
    await hasMarks(page, 1);
    await expect.poll(() => page.locator('[data-panel][aria-busy="true"]').count()).toBe(0);
    await expect.poll(() => running).toBe(0);
    const last = page.locator('[data-panel]').last();
    expect(await last.getAttribute('data-marks')).toBe('0');
    await last.scrollIntoViewIfNeeded();
    await expect.poll(() => last.getAttribute('data-marks')).not.toBe('0');
    // At most four requests for panels and one for annotations run at a time.
    expect(most).toBeLessThanOrEqual(5);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('hides and shows the panels of a row', async () => {
    const page = await open('/d/nats');
    await hasMarks(page, messages);
    const all = await page.locator('[data-panel]').count();
    const row = page.getByRole('button', { name: 'Traffic' });
    await row.click();
    await panelOf(page, messages).waitFor({ state: 'detached' });
    expect(await page.locator('[data-panel]').count()).toBeLessThan(all);
    await row.click();
    await hasMarks(page, messages);
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility finding in the theme %s',
    async (theme) => {
      const page = await open('/d/airflow-metrics', { theme });
      await showAll(page);
      await hasMarks(page, 1);
      expect(await accessibilityFindings(page)).toEqual([]);
    },
  );
});
