import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import type { FaultStatus } from '../../console/controls/faults.ts';
import type { PipelineStatus } from '../../console/controls.ts';
import type { Topology } from '../../console/topology.ts';
import { accessibilityFindings, phone, picture, useBrowser } from './chromium.ts';
import { currentSections, eventsOf } from './live-events.ts';

const { open } = useBrowser();
const base = `http://127.0.0.1:${inject('pipeline').ports.console}`;

async function read<T>(path: string): Promise<T> {
  return (await (await fetch(`${base}${path}`)).json()) as T;
}

async function send(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
  const response = await fetch(`${base}${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

const node = (page: Page, name: string) => page.locator(`.map-picture [data-node="${name}"]`);
const panel = (page: Page) => page.getByRole('complementary');

function attributes(page: Page, selector: string, key: string, value: string): Promise<[string, string][]> {
  return page
    .locator(selector)
    .evaluateAll(
      (elements, [name, wanted]) =>
        elements.map((element): [string, string] => [
          element.getAttribute(name as string) ?? '',
          element.getAttribute(wanted as string) ?? '',
        ]),
      [key, value],
    );
}

async function untilHealthy(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const nodes = [...document.querySelectorAll<SVGElement>('.map-node')];
      const edges = [...document.querySelectorAll<SVGElement>('.map-edge')];
      return (
        nodes.length > 0 &&
        nodes.every(({ dataset }) => dataset.state === 'running' && dataset.faults === '') &&
        edges.every(({ dataset }) => dataset.condition === 'flowing' || dataset.condition === 'idle')
      );
    },
    undefined,
    { timeout: 90_000 },
  );
}

describe('the map of the console', () => {
  it('draws every component and every connection of the topology', async () => {
    const page = await open('/map');
    const { nodes, edges } = await read<Topology>('/api/topology');
    await untilHealthy(page);
    const drawn = await attributes(page, '.map-node', 'data-node', 'data-state');
    expect(drawn.map(([name]) => name).sort()).toEqual(nodes.map(({ name }) => name).sort());
    for (const { name } of nodes) {
      await page.getByRole('button', { name: new RegExp(`^${name}, running`) }).waitFor();
    }
    const lines = await attributes(page, '.map-edge', 'data-edge', 'data-kind');
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(edges.map(({ id, kind }) => [id, kind])));
    for (const { from, to, kind, unit } of edges) {
      const name = new RegExp(`^${kind} from ${from} to ${to}: [\\d.]+( K)? ${unit}$`);
      await page.getByRole('button', { name }).waitFor();
    }
    const moving = await page.locator('.map-flow path').count();
    expect(moving).toBeGreaterThan(10);
    await picture(page, 'map-projector-light');
  });

  it('animates the connections, unless the user prefers reduced motion', async () => {
    const page = await open('/map');
    await untilHealthy(page);
    const offset = () => page.locator('[data-speed="fast"]').getAttribute('stroke-dashoffset');
    const first = await offset();
    await page.waitForFunction(
      (before) => document.querySelector('[data-speed="fast"]')?.getAttribute('stroke-dashoffset') !== before,
      first,
    );
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await untilHealthy(page);
    expect(await offset()).toBeNull();
  });

  it('shows the curves, the log and the actions of a component', async () => {
    const page = await open('/map', { theme: 'dark' });
    await node(page, 'nats').press('Enter');
    await page.waitForURL('**/map?node=nats');
    await panel(page).getByRole('heading', { name: 'nats', exact: true }).waitFor();
    const { nodes } = await read<Topology>('/api/topology');
    const series = nodes.find(({ name }) => name === 'nats')?.keySeries ?? [];
    expect(series.length).toBeGreaterThan(2);
    for (const { title } of series) {
      await panel(page).locator(`[data-title="${title}"] [data-series="1"] canvas`).waitFor();
    }
    await panel(page).getByText('Server is ready').waitFor();
    for (const name of ['Stop', 'Restart', 'Kill']) {
      expect(await panel(page).getByRole('button', { name, exact: true }).isEnabled()).toBe(true);
    }
    await panel(page)
      .getByRole('link', { name: /^http:/ })
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await picture(page, 'map-node-dark');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/map');
    expect(await node(page, 'nats').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goBack();
    await panel(page).getByRole('heading', { name: 'nats', exact: true }).waitFor();
  });

  it('links to a component only if a page answers at its address', async () => {
    const page = await open('/map?node=prometheus');
    const { url, opens } = await read<{ url: string; opens: boolean }>('/api/components/prometheus/page');
    expect(opens).toBe((await fetch(url)).ok);
    const text = opens ? url : 'answers without a page for a browser';
    await panel(page).getByText(text).waitFor();
    expect(await panel(page).getByRole('link', { name: url }).count()).toBe(opens ? 1 : 0);
  });

  it('queries exactly one series for each curve of a component', async () => {
    const { nodes } = await read<Topology>('/api/topology');
    const empty = [];
    for (const { name, keySeries } of nodes) {
      expect({ name, some: keySeries.length > 0 }).toEqual({ name, some: true });
      for (const { expr } of keySeries) {
        const query = encodeURIComponent(expr);
        const answer = await read<{ data: { result: unknown[] } }>(
          `/api/prometheus/api/v1/query?query=${query}`,
        );
        if (answer.data.result.length !== 1) empty.push({ name, expr, series: answer.data.result.length });
      }
    }
    expect(empty).toEqual([]);
  });

  it('shows the query and the curve of a connection', async () => {
    const page = await open('/map');
    const id = 'prometheus-agent/prometheus/remote-write';
    await page.locator(`[data-rate="${id}"] text`).click();
    await panel(page).locator('[data-title="Rate"] [data-series="1"]').waitFor();
    const { edges } = await read<Topology>('/api/topology');
    const { rate } = edges.find((candidate) => candidate.id === id) ?? {};
    await panel(page)
      .getByText(rate as string, { exact: true })
      .waitFor();
    await panel(page).getByRole('link', { name: 'Open the query', exact: true }).first().click();
    await page.waitForURL('**/explore?expr=*');
    expect(new URL(page.url()).searchParams.get('expr')).toBe(rate);
  });

  it('shows a killed component as restarting, then as running', async () => {
    const page = await open('/map?node=edge-nats-exporter');
    await untilHealthy(page);
    const restarts = async () =>
      (await read<PipelineStatus>('/api/status')).components.find(({ name }) => name === 'edge-nats-exporter')
        ?.restarts as number;
    const before = await restarts();
    const states = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          const timer = setInterval(() => {
            const shown = document.querySelector<SVGElement>('.map-node[data-node="edge-nats-exporter"]');
            const state = shown?.dataset.state ?? '';
            if (seen.at(-1) !== state) seen.push(state);
            if (seen.length > 1 && state === 'running') {
              clearInterval(timer);
              resolve(seen);
            }
          }, 20);
        }),
    );
    await panel(page).getByRole('button', { name: 'Kill', exact: true }).click();
    expect(await states).toContain('restarting');
    expect(await restarts()).toBe(before + 1);
  });

  it('shows a stopped component and its broken connections', async () => {
    const page = await open('/map?node=node-exporter');
    await untilHealthy(page);
    try {
      await panel(page).getByRole('button', { name: 'Stop', exact: true }).click();
      await page.locator('.map-node[data-node="node-exporter"][data-state="stopped"]').waitFor();
      await page
        .locator('[data-edge="prometheus/node-exporter/scrape"][data-condition="broken"]')
        .first()
        .waitFor();
      const broken = await attributes(page, '.map-edge[data-condition="broken"]', 'data-edge', 'data-kind');
      expect(broken).toEqual([['prometheus/node-exporter/scrape', 'scrape']]);
      expect(await panel(page).getByRole('button', { name: 'Stop', exact: true }).isEnabled()).toBe(false);
    } finally {
      await send('POST', '/api/components/node-exporter', { action: 'start' });
    }
    await untilHealthy(page);
  });

  it('asks for confirmation before it stops the central Prometheus', async () => {
    const page = await open('/map?node=prometheus');
    await panel(page).getByRole('button', { name: 'Stop', exact: true }).click();
    await panel(page).getByRole('button', { name: 'Stop prometheus' }).waitFor();
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    const { components } = await read<PipelineStatus>('/api/status');
    expect(components.find(({ name }) => name === 'prometheus')?.state).toBe('running');
  });

  it('shows component states and the age of rates while Prometheus hangs', async () => {
    const page = await open('/map');
    await untilHealthy(page);
    const { components } = await read<PipelineStatus>('/api/status');
    const pid = components.find(({ name }) => name === 'prometheus')?.pid as number;
    process.kill(pid, 'SIGSTOP');
    const stopped = Date.now();
    try {
      await page.locator('[data-stale]').filter({ hasText: 's old' }).waitFor();
      expect(Date.now() - stopped).toBeLessThan(5000);
      await page.locator('.map-node[data-node="prometheus"][data-state="unhealthy"]').waitFor();
      await page.locator('.map-node[data-node="nats"][data-state="running"]').waitFor();
      expect(await page.locator('.map-flow path').count()).toBe(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await page.locator('[data-stale]').filter({ hasText: 's old' }).waitFor({ state: 'detached' });
    await untilHealthy(page);
  });

  it.each(['light', 'dark'] as const)(
    'shows each fault inside the box of its component, in the theme %s',
    async (theme) => {
      const page = await open('/map', { theme });
      const sections = await currentSections(page);
      const known = await read<FaultStatus[]>('/api/faults');
      const broken = { ...sections, faults: known.map((fault) => ({ ...fault, injected: true })) };
      await page.route('**/api/events', (route) =>
        route.fulfill({
          contentType: 'text/event-stream',
          body: `retry: 3600000\n\n${eventsOf(broken)}`,
        }),
      );
      await page.reload();
      await page.locator('.map-fault').first().waitFor();
      expect(await page.locator('.map-fault').count()).toBe(
        new Set(known.flatMap(({ breaks }) => breaks)).size,
      );
      await picture(page, `map-all-faults-${theme}`);
      const outside = await page.locator('.map-node:has(.map-fault)').evaluateAll((nodes) =>
        nodes.flatMap((element) => {
          const rectangle = (selector: string) => element.querySelector(selector)?.getBoundingClientRect();
          const isInside = (inner?: DOMRect, outer?: DOMRect) =>
            inner &&
            outer &&
            inner.left >= outer.left &&
            inner.right <= outer.right &&
            inner.top >= outer.top &&
            inner.bottom <= outer.bottom;
          const isGood =
            isInside(rectangle('.map-fault rect'), rectangle('.map-card')) &&
            isInside(rectangle('.map-fault text'), rectangle('.map-fault rect'));
          return isGood ? [] : [element.getAttribute('data-node')];
        }),
      );
      expect(outside).toEqual([]);
    },
  );

  it('is a list of boxes on a phone', async () => {
    const page = await open('/map', { viewport: phone, theme: 'dark' });
    const { nodes, edges } = await read<Topology>('/api/topology');
    await page.locator('.map-list [data-node]').first().waitFor();
    expect(await page.locator('.map-list [data-node]').count()).toBe(nodes.length);
    expect(await page.locator('.map-list [data-edge]').count()).toBe(edges.length);
    await picture(page, 'map-phone-dark');
    await page.locator('.map-list [data-node="pushgateway"]').click();
    await panel(page).locator('[data-series="1"]').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    const box = await panel(page).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(phone.height, 0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await picture(page, 'map-phone-node-dark');
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await page.waitForURL('**/map');
  });

  it('lists all components in one table and all connections in another table', async () => {
    const page = await open('/map');
    await page.getByRole('button', { name: 'Show as table' }).click();
    const { nodes, edges } = await read<Topology>('/api/topology');
    const rows = (name: string) => page.getByRole('table', { name }).locator('tbody tr');
    await rows('Components').first().waitFor();
    expect(await rows('Components').count()).toBe(nodes.length);
    expect(await rows('Connections').count()).toBe(edges.length);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goBack();
    await page.locator('.map-picture').waitFor();
  });

  it('reports an unknown component name in the address of the page', async () => {
    const page = await open('/map?node=%3Cimg%20src%3Dx%3E');
    await page.getByText('no component and no connection <img src=x>').waitFor();
  });

  it.each([
    { fault: 'pushgateway-killed', brokenEdge: 'batch-pusher/pushgateway/push', others: [] },
    {
      fault: 'nats-frozen',
      brokenEdge: 'prometheus/nats-exporter/scrape',
      // The exporter waits for the frozen NATS server. Therefore the map can show the exporter as unhealthy.
      others: ['nats-exporter'],
    },
    { fault: 'edge-cut-off', brokenEdge: 'prometheus-agent/prometheus/remote-write', others: [] },
    // This fault must be last, because the map shows it for some time after its end.
    { fault: 'upstream-rate-limited', brokenEdge: 'usdt-exporter/binance-mock/requests', others: [] },
  ])(
    'marks only the components and the connections that $fault breaks',
    async ({ fault, brokenEdge, others }) => {
      const page = await open('/map');
      await untilHealthy(page);
      const known = await read<FaultStatus[]>('/api/faults');
      const { breaks, title } = known.find(({ name }) => name === fault) as FaultStatus;
      try {
        await send('POST', `/api/faults/${fault}`);
        for (const name of breaks) {
          await node(page, name).locator('.map-fault text', { hasText: title }).waitFor();
          expect(await node(page, name).getAttribute('data-tone')).toBe('bad');
        }
        await page.waitForFunction(
          (id) => {
            const shown = document.querySelector<SVGElement>(`.map-edge[data-edge="${id}"]`);
            return shown?.dataset.condition === 'failing' || shown?.dataset.condition === 'broken';
          },
          brokenEdge,
          { timeout: 45_000 },
        );
        const marked = await attributes(page, '.map-node:not([data-faults=""])', 'data-node', 'data-faults');
        expect(marked.map(([name]) => name).sort()).toEqual([...breaks].sort());
        const notGood = await attributes(page, '.map-node:not([data-tone="good"])', 'data-node', 'data-tone');
        expect(notGood.map(([name]) => name).filter((name) => !others.includes(name as never))).toEqual([
          ...breaks,
        ]);
        const { edges } = await read<Topology>('/api/topology');
        const near = [...breaks, ...others];
        const elsewhere = async () => {
          const failing = await page
            .locator('.map-edge[data-condition="failing"], .map-edge[data-condition="broken"]')
            .evaluateAll((lines) => lines.map((line) => (line as SVGElement).dataset.edge));
          return failing.filter((id) => {
            const { from, to } = edges.find((candidate) => candidate.id === id) ?? { from: '', to: '' };
            return !near.includes(from as never) && !near.includes(to as never);
          });
        };
        await expect.poll(elsewhere, { timeout: 60_000 }).toEqual([]);
        await picture(page, `map-${fault}`);
      } finally {
        await send('DELETE', `/api/faults/${fault}`);
      }
      await page.locator('.map-node:not([data-faults=""])').waitFor({ state: 'detached' });
    },
  );
});
