import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { clusters } from '../../config/topology.ts';
import type { TrafficSettings } from '../../console/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { until } from '../live/processes.ts';
import { accessibilityFindings, phone, picture, projector, useBrowser } from './chromium.ts';

const { open, expectErrors } = useBrowser();
const { ports } = inject('pipeline');
const consoleUrl = `http://127.0.0.1:${ports.console}`;
const prometheus = prometheusApi(`http://127.0.0.1:${ports.prometheus}`);

async function ask(method: string, path: string, body?: object): Promise<void> {
  const init = body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(`${consoleUrl}${path}`, { method, ...init });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

const usual: Omit<TrafficSettings, 'mode'> = { rate: 15, size: 128, clients: 1 };

afterAll(async () => {
  await ask('DELETE', '/api/faults');
  await ask('PUT', '/api/traffic/edge', usual);
});

const card = (page: Page, fault: string) => page.locator(`[data-fault="${fault}"]`);
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe('the faults of the demo', () => {
  it('are injected by a button, and end after their duration', async () => {
    await ask('DELETE', '/api/faults');
    const page = await open('/faults');
    const stalled = card(page, 'consumer-stalled');
    await stalled.getByRole('slider').fill('2000');
    await stalled.getByText('2,000 messages').waitFor();
    // Shortens the fault to 5 s, because the test waits for its end.
    await page.route('**/api/faults/consumer-stalled', async (route) => {
      const body = { ...JSON.parse(route.request().postData() ?? '{}'), for: 5 };
      await route.continue({ postData: JSON.stringify(body) });
    });
    await stalled.getByRole('button', { name: 'Inject' }).click();
    await stalled.getByText(/Ends in 0:0\d/).waitFor();
    await page.getByText('1 fault injected').waitFor();
    await panel(page, 'Traffic').getByText('the consumer is stalled').waitFor();
    await stalled.getByRole('button', { name: 'Inject' }).waitFor();
    await page.getByText('no fault injected').waitFor();
    await panel(page, 'Traffic').getByText('the consumer is stalled').waitFor({ state: 'detached' });
  });

  it('cannot be injected together if they change the same component', async () => {
    await ask('DELETE', '/api/faults');
    const page = await open('/faults', { theme: 'dark' });
    await card(page, 'upstream-garbage').getByRole('button', { name: 'Inject' }).click();
    await card(page, 'consumer-stalled').getByRole('button', { name: 'Inject' }).click();
    await page.getByText('2 faults injected').waitFor();
    await card(page, 'upstream-timeout').getByText('End upstream-garbage first').waitFor();
    expect(await card(page, 'upstream-timeout').getByRole('button', { name: 'Inject' }).isDisabled()).toBe(
      true,
    );
    await picture(page, 'faults-dark');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByText('no fault injected').waitFor();
    expect(await page.locator('.faults-card.injected').count()).toBe(0);
  });

  it('run in a schedule, in the same order for the same seed', async () => {
    await ask('DELETE', '/api/faults');
    const page = await open('/faults');
    const schedule = panel(page, 'Schedule');
    await schedule.getByLabel('Seed').fill('7');
    await schedule.getByRole('button', { name: 'Start the schedule' }).click();
    await schedule.getByText('seed 7').waitFor();
    await schedule.getByText(/in 2:\d\d/).waitFor();
    await page.getByText('1 fault injected').waitFor();
    const next = await schedule.locator('[data-next]').getAttribute('data-next');
    const injected = await page.locator('.faults-card.injected').getAttribute('data-fault');
    await picture(page, 'faults-schedule');
    await schedule.getByRole('button', { name: 'Stop the schedule' }).click();
    await page.getByText('no fault injected').waitFor();
    await schedule.getByText('The last schedule had the seed 7.').waitFor();
    await ask('POST', '/api/schedule', { seed: 7 });
    await page.getByText('1 fault injected').waitFor();
    expect(await page.locator('.faults-card.injected').getAttribute('data-fault')).toBe(injected);
    expect(await schedule.locator('[data-next]').getAttribute('data-next')).toBe(next);
    await ask('DELETE', '/api/faults');
    await page.getByText('no fault injected').waitFor();
  });
});

describe('the page of faults', () => {
  it.each([
    ['projector', projector],
    ['phone', phone],
  ] as const)('shows every text of a card inside the card on a %s', async (device, viewport) => {
    const page = await open('/faults', { viewport });
    await card(page, 'prometheus-config-broken').waitFor();
    const outside = await page.locator('.faults-card, .faults-panel').evaluateAll((cards) =>
      cards.flatMap((element) => {
        const { right } = element.getBoundingClientRect();
        const inner = right - Number.parseFloat(getComputedStyle(element).paddingRight);
        return [...element.querySelectorAll('*')]
          .filter((child) => child.getBoundingClientRect().right > inner + 1)
          .map((child) => child.textContent);
      }),
    );
    expect(outside).toEqual([]);
    await card(page, 'prometheus-config-broken').scrollIntoViewIfNeeded();
    await picture(page, `faults-cards-${device}`);
  });

  it('aligns the three fields of the schedule at the same height', async () => {
    const page = await open('/faults');
    const labels = panel(page, 'Schedule').locator('.faults-fields label');
    await labels.first().waitFor();
    const tops = (selector: string) =>
      labels.locator(selector).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    const labelTops = await labels.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    expect(labelTops).toHaveLength(3);
    expect(new Set(labelTops).size).toBe(1);
    expect(new Set(await tops('select, input')).size).toBe(1);
    await picture(page, 'faults-schedule-fields');
  });
});

describe('the page of faults while the pipeline starts', () => {
  it('has no controls, and each page shows that the pipeline is starting', async () => {
    const page = await open('/faults');
    const shop = { name: 'shop', state: 'starting', pid: null, rssBytes: 0, restarts: 0, role: 'publisher' };
    const sections = [
      ['offered', { place: 'this laptop', faults: true }],
      ['components', { ready: false, components: [shop] }],
      ['faults', []],
      ['schedule', null],
      ['traffic', null],
      ['batch', null],
    ] as const;
    // A mock answer of Playwright cannot keep a stream open. After the end of the stream, the page would report that
    // the console does not answer.
    await page.addInitScript((events) => {
      class OpenStream extends EventTarget {
        constructor() {
          super();
          setTimeout(() => {
            this.dispatchEvent(new Event('open'));
            for (const [section, value] of events) {
              this.dispatchEvent(new MessageEvent(section, { data: JSON.stringify(value) }));
            }
          });
        }
        close() {}
      }
      globalThis.EventSource = OpenStream as never;
    }, sections);
    await page.reload();
    const notice = page.getByText('The pipeline is starting, and its output shows the progress.');
    await notice.waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('banner').getByRole('status').textContent()).toBe('starting');
    await page.getByRole('link', { name: 'Map' }).click();
    await page.getByRole('heading', { name: 'Map' }).waitFor();
    expect(await notice.isVisible()).toBe(true);
  });
});

describe('the console of a cluster', () => {
  it('shows the Batch panel at the left edge of the Faults page', async () => {
    const page = await open('/faults');
    const sections = [
      ['offered', { place: 'local', faults: false, notOffered: 'The console offers only harmless actions.' }],
      ['components', { ready: true, components: [] }],
      ['faults', []],
      ['schedule', null],
      ['traffic', null],
      ['batch', { runs: [] }],
    ] as const;
    await page.route('**/api/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: sections
          .map(([section, value]) => `event: ${section}\ndata: ${JSON.stringify(value)}\n\n`)
          .join(''),
      }),
    );
    await page.reload();
    await panel(page, 'Batch').getByRole('button', { name: 'Run now' }).waitFor();
    const left = async (element: Locator) => (await element.boundingBox())?.x;
    expect(await left(panel(page, 'Batch'))).toBe(await left(page.getByRole('heading', { level: 1 })));
  });
});

describe('the traffic of the demo', () => {
  it('has the rate and the number of clients that the user has entered', async () => {
    const { cluster } = clusters.edge;
    await ask('PUT', '/api/traffic/edge', usual);
    const page = await open('/faults', { viewport: phone, theme: 'dark' });
    const traffic = panel(page, 'Traffic');
    await traffic.getByRole('button', { name: cluster }).click();
    await traffic.getByRole('slider', { name: 'Rate' }).fill('8');
    await traffic.getByText('200 messages/s').waitFor();
    await traffic.getByRole('slider', { name: 'Clients' }).fill('3');
    await traffic.getByText('10 connections').waitFor();
    const value = async (expr: string) => Number((await prometheus.query(expr))[0]?.value?.[1] ?? 0);
    await until(
      () => `Prometheus does not show the rate of ${cluster}`,
      async () => (await value(`rate(nats_varz_in_msgs{cluster="${cluster}"}[25s])`)) > 150,
      40_000,
    );
    expect(await value(`nats_varz_connections{cluster="${cluster}"}`)).toBe(11);
    await traffic.locator('.chart[data-series="1"]').waitFor();
    await traffic.scrollIntoViewIfNeeded();
    await picture(page, 'faults-phone-traffic-dark');
  });

  it('does not accept a message size above the limit', async () => {
    await ask('PUT', '/api/traffic/edge', { rate: 1000, size: 128 });
    const page = await open('/faults');
    const traffic = panel(page, 'Traffic');
    await traffic.getByRole('button', { name: clusters.edge.cluster }).click();
    expectErrors(/400 \(Bad Request\)/);
    await traffic.getByRole('slider', { name: 'Size' }).fill('10');
    await traffic.getByText(/Set size to at most 4000/).waitFor();
    const { size } = (await (await fetch(`${consoleUrl}/api/traffic/edge`)).json()) as TrafficSettings;
    expect(size).toBe(128);
    await ask('PUT', '/api/traffic/edge', usual);
  });
});

describe('the batch of the demo', () => {
  it('fails in the stage `load` if the user selects this failure', async () => {
    const page = await open('/faults');
    const batch = panel(page, 'Batch');
    // A scheduled run could succeed before Prometheus scrapes the result of the failed run.
    const schedule = batch.getByLabel('Schedule of the batch');
    await schedule.selectOption('off');
    await batch.getByLabel('Outcome').selectOption('load');
    await batch.getByLabel('Records').fill('777');
    await batch.getByRole('button', { name: 'Run now' }).click();
    await batch.getByText('failure in load').first().waitFor();
    await until(
      () => 'Prometheus does not show the failed run',
      async () => (await prometheus.query('airflow_data_processing_success == 0')).length > 0,
      20_000,
    );
    await schedule.selectOption('on');
    await picture(page, 'faults-batch');
  });
});
