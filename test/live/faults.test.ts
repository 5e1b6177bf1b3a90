import { request } from 'undici';
import { afterAll, describe, expect, inject, it } from 'vitest';
import type { ExpectedAlert } from '../../console/index.ts';
import { type Fault, faults } from '../../demo/faults/index.ts';
import { prometheusApi, type Series } from '../../verify/prometheus-api.ts';
import { until } from './processes.ts';

const laptop = inject('laptop');
const prometheus = prometheusApi(`http://127.0.0.1:${laptop.ports.prometheus}`);
const consoleUrl = `http://127.0.0.1:${laptop.ports.console}`;

const fireWithinMs = 90_000;
const resolveWithinMs = 60_000;

async function ask(method: 'POST' | 'DELETE', { name }: Fault): Promise<void> {
  const { statusCode, body } = await request(`${consoleUrl}/api/faults/${name}`, {
    method,
    body: '{}',
    signal: AbortSignal.timeout(20_000),
  });
  const text = await body.text();
  if (statusCode !== 204) throw new Error(`${method} ${name}: ${statusCode} ${text}`);
}

async function firing({ alert, labels = {} }: ExpectedAlert): Promise<readonly Series[]> {
  const matchers = Object.entries({ alertname: alert, alertstate: 'firing', ...labels });
  return prometheus.query(
    `ALERTS{${matchers.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`,
  );
}

const areFiring = async ({ alerts }: Fault) =>
  (await Promise.all(alerts.map(firing))).every((series) => series.length > 0);
const areQuiet = async ({ alerts }: Fault) =>
  (await Promise.all(alerts.map(firing))).every((series) => series.length === 0);

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

async function alerts(): Promise<readonly Alert[]> {
  const { body } = await request(`http://127.0.0.1:${laptop.ports.prometheus}/api/v1/alerts`, {
    signal: AbortSignal.timeout(5000),
  });
  return ((await body.json()) as { data: { alerts: readonly Alert[] } }).data.alerts;
}

/** Annotations with a template error, and links that do not work. */
async function flaws({ labels, annotations }: Alert): Promise<readonly string[]> {
  const { statusCode, body } = await request(annotations.runbook_url as string, {
    signal: AbortSignal.timeout(5000),
  });
  const runbook = await body.text();
  const dashboard = await request(annotations.dashboard_url as string, { signal: AbortSignal.timeout(5000) });
  await dashboard.body.dump();
  const texts = Object.values(annotations).filter((text) => /<error|<no value>|\{\{|\s{2}/.test(text));
  const missing = statusCode !== 200 || !runbook.startsWith(`# ${labels.alertname}\n`);
  return [
    ...texts,
    ...(missing ? [`${annotations.runbook_url} answers ${statusCode}`] : []),
    ...(dashboard.statusCode === 200 ? [] : [`${annotations.dashboard_url} answers ${dashboard.statusCode}`]),
  ];
}

const alertNames = ({ alerts }: Fault) => alerts.map(({ alert }) => alert).join(', ');

const received: Alert[] = [];
const timings: string[] = [];
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(0)} s`;

/** Injects a fault until its alerts fire. `over` resolves when the alerts have ended. */
async function play(fault: Fault): Promise<{ readonly over: Promise<void> }> {
  await until(
    () => `${alertNames(fault)} fires before ${fault.name}`,
    () => areQuiet(fault),
    resolveWithinMs,
  );
  const injected = Date.now();
  await ask('POST', fault);
  await until(
    () => `${alertNames(fault)} does not fire on ${fault.name}`,
    () => areFiring(fault),
    fireWithinMs,
  );
  const fired = seconds(injected);
  received.push(...(await alerts()));
  const restored = Date.now();
  await ask('DELETE', fault);
  const over = until(
    () => `${alertNames(fault)} stays after ${fault.name}`,
    () => areQuiet(fault),
    resolveWithinMs,
  ).then(() => {
    timings.push(
      `${fault.name}: ${alertNames(fault)} fires after ${fired}, is over ${seconds(restored)} after the restore`,
    );
  });
  return { over };
}

/** The tests in this file skip these faults, because all faults together take several minutes. */
const leftToTheDrill: readonly string[] = [
  // Prometheus stores no samples during this fault. Therefore other faults would raise no alerts.
  'prometheus-disk-full',
  // This fault changes counters that the runbook tests expect to be 0.
  'alertmanager-killed',
  'nats-exporter-killed',
  'rate-jumps',
  'rate-implausible',
  'market-thin',
  'batch-pusher-killed',
  'batch-slow',
  'batch-small',
  'records-lost',
  'report-refused',
  'data-stale',
  'publishers-stopped',
  'usdt-exporter-without-rate',
  'agent-config-broken',
  'prometheus-config-broken',
  'target-removed',
];
const played = faults.filter(({ name }) => !leftToTheDrill.includes(name));

/** Areas run in parallel, because faults of different areas do not affect each other. */
const tracks = [...new Set(played.map(({ area }) => area))].map((area) => ({
  area,
  members: played.filter((fault) => fault.area === area),
}));

describe('the faults of the demo', () => {
  it.concurrent.each(tracks)(
    'raise alerts that resolve after the fault ends: area $area',
    async ({ members }) => {
      const ends: Promise<void>[] = [];
      for (const fault of members) ends.push((await play(fault)).over);
      await Promise.all(ends);
    },
    300_000,
  );

  it('raise only alerts with valid annotations and links', async () => {
    const seen = [...new Map(received.map((alert) => [alert.labels.alertname, alert])).values()];
    expect(seen.length).toBeGreaterThan(5);
    expect((await Promise.all(seen.map(flaws))).flat()).toEqual([]);
  });

  afterAll(() => console.log(timings.join('\n')));
});
