import { vi } from 'vitest';
import { scheduleBounds, trafficBounds } from '../../console/controls/bounds.ts';
import type { FaultControls, FaultStatus } from '../../console/controls/faults.ts';
import type { ScheduleControls } from '../../console/controls/schedule.ts';
import type { Burst, TrafficChange, TrafficCluster, TrafficStatus } from '../../console/controls/traffic.ts';
import type { Controls, EtlRun } from '../../console/controls.ts';
import { type ConsoleOptions, createConsole } from '../../console/server/app.ts';
import type { Topology } from '../../console/topology.ts';
import type { AlertmanagerApi } from '../../verify/alertmanager-api.ts';
import type { AlertsApi } from '../../verify/alerts-api.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';

/** Headers of a request. The fake console accepts only a `Host` header with its own port, 3000. */
export const own = { host: '127.0.0.1:3000' };
export const json = { ...own, 'content-type': 'application/json' };

export const topology: Topology = { nodes: [], edges: [], scrapeIntervalSeconds: 5, profile: 'laptop' };

const scale = { title: 'share', unit: '%', min: 20, max: 100, step: 5, default: 100 };

export function fakeControls() {
  const traffic: Record<TrafficCluster, TrafficStatus> = {
    primary: fakeTraffic('nats-primary'),
    edge: fakeTraffic('another-cluster'),
  };
  return {
    place: 'a test',
    startCommand: 'npm start',
    status: vi.fn(async () => ({ ready: true, components: [] })),
    logTail: vi.fn(async (_component: string, _lines: number): Promise<readonly string[]> => ['a line']),
    act: vi.fn<NonNullable<Controls['act']>>(async () => {}),
    runBatch: vi.fn(async (_run: EtlRun) => ({ status: 200, body: '{}' })),
    burst: vi.fn(async (_burst?: Burst) => 5000),
    faults: {
      list: (): readonly FaultStatus[] => [
        { name: 'nats-killed', title: '', description: '', alerts: [], breaks: ['nats'], injected: false },
        {
          name: 'slow',
          title: '',
          description: '',
          alerts: [],
          breaks: [],
          injected: false,
          intensity: scale,
        },
      ],
      inject: vi.fn<FaultControls['inject']>(async (name) => name === 'nats-killed'),
      restore: vi.fn(async (name: string) => name === 'nats-killed'),
      clear: vi.fn<FaultControls['clear']>(async () => ['nats-killed']),
    },
    schedule: {
      status: vi.fn<ScheduleControls['status']>(() => ({ running: false, bounds: scheduleBounds })),
      start: vi.fn<ScheduleControls['start']>(() => ({ running: true, bounds: scheduleBounds })),
      stop: vi.fn(async () => {}),
    },
    traffic: {
      status: (cluster: TrafficCluster) => traffic[cluster],
      set: vi.fn((cluster: TrafficCluster, change: TrafficChange) => {
        traffic[cluster] = { ...traffic[cluster], ...(change as Partial<TrafficStatus>) };
      }),
    },
    batch: {
      schedule: () => ({ mode: 'on', periodSeconds: 60 }) as const,
      runs: () => [{ startedAt: 1, by: 'hand', state: 'success', records: 10, seconds: 2 }] as const,
      setMode: vi.fn(async (_mode: string) => {}),
    },
  } satisfies Controls;
}

function fakeTraffic(cluster: string): TrafficStatus {
  const settings = { rate: 40, size: 128, clients: 1, mode: 'on' } as const;
  return { ...settings, cluster, stalled: false, connected: 2, published: 40, bounds: trafficBounds };
}

export type FakeControls = ReturnType<typeof fakeControls>;

export const noAlerts: AlertsApi = {
  active: async () => [],
  rules: async () => [],
  startedAt: async () => 0,
  range: async () => [],
  samples: async () => [],
};

export const noSilences: AlertmanagerApi = {
  alerts: async () => [],
  silences: async () => [],
  silence: async () => '00000000-0000-4000-8000-000000000000',
  expire: async () => {},
};

/** A console without a pipeline. Every query returns no series. */
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
