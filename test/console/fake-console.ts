import { vi } from 'vitest';
import { type ConsoleOptions, createConsole } from '../../console/server/app.ts';
import type { Topology } from '../../console/topology.ts';
import type { AlertmanagerApi } from '../../verify/alertmanager-api.ts';
import type { AlertsApi } from '../../verify/alerts-api.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/** Headers of a request to a console on port 3000. */
export const own = { host: '127.0.0.1:3000' };
export const json = { ...own, 'content-type': 'application/json' };

export const topology: Topology = { nodes: [], edges: [], scrapeIntervalSeconds: 5 };

/** Controls whose calls a test can read. */
export function fakeControls() {
  return {
    place: 'a test',
    status: vi.fn(async () => ({ ready: true, components: [] })),
    logTail: vi.fn(async (_component: string, _lines: number): Promise<readonly string[]> => ['a line']),
    act: vi.fn(async (_component: string, _action: string) => {}),
    runBatch: vi.fn(async () => ({ status: 200, body: '{}' })),
    burst: vi.fn(async () => 5000),
    faults: {
      list: () => [
        { name: 'nats-killed', title: '', description: '', alerts: [], breaks: ['nats'], injected: false },
      ],
      inject: vi.fn(async (name: string) => name === 'nats-killed'),
      restore: vi.fn(async (name: string) => name === 'nats-killed'),
    },
  };
}

export type FakeControls = ReturnType<typeof fakeControls>;

/** A Prometheus without rules and alerts. */
export const noAlerts: AlertsApi = {
  active: async () => [],
  rules: async () => [],
  startedAt: async () => 0,
  range: async () => [],
  samples: async () => [],
};

/** An Alertmanager without alerts and silences. */
export const noSilences: AlertmanagerApi = {
  alerts: async () => [],
  silences: async () => [],
  silence: async () => '00000000-0000-4000-8000-000000000000',
  expire: async () => {},
};

/** A console without a pipeline; its Prometheus answers every query with no series. */
export function fakeConsole(options: Partial<ConsoleOptions> = {}) {
  const controls = fakeControls();
  const prometheus: PrometheusApi = {
    query: async () => [],
    targets: async () => [],
    ruleGroups: async () => [],
    alertmanagers: async () => [],
  };
  const console = createConsole({
    root: '/project',
    port: 3000,
    controls,
    topology,
    prometheus,
    sendToPrometheus: async () =>
      Response.json({ status: 'success', data: { resultType: 'vector', result: [] } }),
    alerts: noAlerts,
    alertmanager: noSilences,
    ...options,
  });
  return { ...console, controls };
}
