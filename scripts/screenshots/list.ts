import type { Page } from 'playwright-core';

/**
 * Sends a request to the console.
 * @throws Error with the answer if the request fails
 */
export type Send = (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<void>;

export interface Screenshot {
  /** File name in docs/images/ without its extension. */
  readonly name: string;
  readonly path: string;
  readonly theme: 'light' | 'dark';
  /** Operates the page until the screenshot can be taken. */
  readonly drive: (page: Page, send: Send) => Promise<void>;
}

const noFault = async (page: Page) => {
  await page.locator('.map-node[data-tone="good"]').first().waitFor();
  await page.locator('.map-node:not([data-tone="good"])').waitFor({ state: 'detached' });
  await page.locator('.map-edge:is([data-condition="failing"], [data-condition="broken"])').waitFor({
    state: 'detached',
  });
};

const drawn = (page: Page) => page.locator('.chart[data-series]:not([data-series="0"])').first().waitFor();

export const screenshots: readonly Screenshot[] = [
  {
    name: 'map',
    path: '/map',
    theme: 'light',
    drive: async (page, send) => {
      await send('DELETE', '/api/faults');
      await noFault(page);
    },
  },
  {
    name: 'tour',
    path: '/tour?step=burst',
    theme: 'light',
    drive: async (page) => {
      await page.getByRole('button', { name: 'Publish 5,000 messages' }).click();
      await page.locator('.tour-acts a[aria-current] .tour-tick.done').waitFor();
      await drawn(page);
    },
  },
  {
    name: 'presenter',
    path: '/tour?step=clusters&present=1',
    theme: 'dark',
    drive: async (page) => {
      await page.locator('.tour-stage').waitFor();
      await page.keyboard.press('n');
      await page.getByRole('complementary', { name: 'Speaker notes' }).waitFor();
      await drawn(page);
    },
  },
  {
    name: 'explore',
    path: `/explore?expr=${encodeURIComponent('sum by (job) (rate(process_cpu_seconds_total[1m]))')}`,
    theme: 'dark',
    drive: drawn,
  },
  {
    name: 'map-fault',
    path: '/map?node=nats',
    theme: 'dark',
    drive: async (page, send) => {
      await send('DELETE', '/api/faults');
      await send('POST', '/api/faults/nats-frozen');
      await page
        .locator('.map-edge[data-edge="prometheus/nats-exporter/scrape"][data-condition="failing"]')
        .waitFor();
      await drawn(page);
    },
  },
  {
    name: 'alerts',
    path: '/alerts?q=PushgatewayDown',
    theme: 'light',
    drive: async (page, send) => {
      await send('DELETE', '/api/faults');
      await send('POST', '/api/faults/pushgateway-killed');
      await page.locator('[data-group="firing"] [data-alert="PushgatewayDown"]').waitFor();
      const incident = page.locator('[data-incident^="PushgatewayDown-"]').first();
      await incident.locator('[data-step="notified"] time').waitFor();
      await incident.scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'faults',
    path: '/faults',
    theme: 'light',
    drive: async (page, send) => {
      await send('DELETE', '/api/faults');
      await page.getByText('all components run').waitFor();
      await send('POST', '/api/faults/consumer-stalled', { for: 300 });
      await page.getByText('1 fault injected').waitFor();
      await drawn(page);
    },
  },
  {
    name: 'dashboard',
    path: '/d/nats?from=now-15m&to=now',
    theme: 'dark',
    drive: async (page, send) => {
      await send('DELETE', '/api/faults');
      await page.locator('[data-panel]:not([data-marks="0"])').nth(7).waitFor();
    },
  },
];
