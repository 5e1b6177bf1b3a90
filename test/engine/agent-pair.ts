import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { stringify } from 'yaml';
import { edgeNames } from '../../config/cluster-names.ts';
import { type Deduplication, deduplicationOf } from '../../config/deduplication.ts';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { clusters } from '../../config/topology.ts';
import type { Component } from '../../demo/component.ts';
import { remoteWriteConfig } from '../../demo/components/remote-write.ts';
import { receivers } from '../../demo/components/thanos/members.ts';
import { thanosQuery } from '../../demo/components/thanos/query.ts';
import { thanosReceiver } from '../../demo/components/thanos/receiver.ts';
import { listener, type PortName, peer } from '../../demo/network.ts';
import { places } from '../../demo/places.ts';
import { parseSettings, type Settings } from '../../demo/settings.ts';
import { Supervisor } from '../../demo/supervisor/supervisor.ts';
import { obtainPrograms, type Programs } from '../../toolchain/index.ts';
import type { Series } from '../../verify/prometheus-api.ts';

export const agents = ['agent-a', 'agent-b'] as const;
export type Agent = (typeof agents)[number];

export const servedSeries = 20;

/** Two Prometheus agents that scrape the same target, and Thanos receivers as in the laptop pipeline. */
export interface Pair {
  readonly supervisor: Supervisor;
  readonly settings: Settings;
  readonly programs: Programs;
  served(agent: Agent): readonly number[];
  query(expr: string, options?: { by?: Deduplication; merged?: boolean }): Promise<readonly Series[]>;
  queryRange(expr: string, startMs: number, endMs: number): Promise<readonly Series[]>;
  readonly writeUrl: string;
  logOf(agent: Agent): string;
  close(): Promise<void>;
}

export async function startPair(portOffset: number): Promise<Pair> {
  const target = await startTarget();
  const root = join(import.meta.dirname, '..', '..');
  const settings = {
    ...parseSettings(root, ['--engine', 'thanos', '--no-grafana', '--port-offset', String(portOffset)]),
    dataDir: mkdtempSync(join(tmpdir(), 'pair-')),
  };
  const programs = await obtainPrograms({ names: ['prometheus', 'promtool', 'thanos'] });
  const queriers = { penalty: 'thanosQuery', chain: 'thanosRule' } as const;
  const supervisor = new Supervisor(
    settings,
    [
      ...receivers.map((receiver) => thanosReceiver(settings, receiver)),
      querier(settings, deduplicationOf(true), queriers.penalty),
      querier(settings, deduplicationOf(false), queriers.chain),
      agent(settings, 'agent-a', 'prometheus', target.port),
      agent(settings, 'agent-b', 'prometheusAgent', target.port),
    ],
    programs,
  );
  supervisor.start();
  const close = async () => {
    await supervisor.stop();
    target.close();
    rmSync(settings.dataDir, { recursive: true, force: true });
  };
  try {
    await supervisor.untilReady(60_000, AbortSignal.timeout(90_000));
  } catch (error) {
    await close();
    throw error;
  }
  const at = (by: Deduplication) => peer(settings, queriers[by], '/api/v1');
  return {
    supervisor,
    settings,
    programs,
    served: (name) => target.served.get(name) ?? [],
    query: (expr, { by = 'penalty', merged = true } = {}) =>
      get(`${at(by)}/query`, { query: expr, dedup: String(merged) }),
    queryRange: (expr, startMs, endMs) =>
      get(`${at('penalty')}/query_range`, {
        query: expr,
        start: String(startMs / 1000),
        end: String(endMs / 1000),
        step: String(scrapeIntervalSeconds.laptop),
      }),
    writeUrl: peer(settings, 'thanosReceive1Write'),
    logOf: (name) => join(settings.dataDir, 'data', name),
    close,
  };
}

async function get(url: string, query: Record<string, string>): Promise<readonly Series[]> {
  const { statusCode, body } = await request(url, { query, signal: AbortSignal.timeout(10_000) });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url} ${JSON.stringify(query)}: ${statusCode} ${text}`);
  return JSON.parse(text).data.result;
}

function querier(settings: Settings, by: Deduplication, port: 'thanosQuery' | 'thanosRule'): Component {
  const made = thanosQuery(settings);
  const replaced: readonly (readonly [RegExp, string])[] = [
    [/^--deduplication.func=.*/, `--deduplication.func=${by}`],
    [/^--http-address=.*/, `--http-address=${listener(settings, port)}`],
    [/^--grpc-address=.*/, `--grpc-address=${listener(settings, `${port}Grpc`)}`],
  ];
  const args = made.args
    .slice(0, 1)
    .concat(`--query.replica-label=${edgeNames.replicaLabel}`)
    .concat(made.args.slice(1).filter((arg) => !arg.endsWith(`:${settings.ports.thanosRuleGrpc}`)))
    .map((arg) => replaced.find(([pattern]) => pattern.test(arg))?.[1] ?? arg);
  return {
    ...made,
    name: `querier-${by}`,
    args,
    ports: [settings.ports[port], settings.ports[`${port}Grpc`]],
    healthUrl: peer(settings, port, '/-/ready'),
    after: receivers.map(({ name }) => name),
  };
}

function agent(settings: Settings, name: Agent, port: PortName, targetPort: number): Component {
  const config = {
    global: {
      scrape_interval: `${scrapeIntervalSeconds.laptop}s`,
      external_labels: { ...clusters.edge, [edgeNames.replicaLabel]: name },
    },
    scrape_configs: [
      {
        job_name: 'pair',
        params: { agent: [name] },
        static_configs: [{ targets: [`127.0.0.1:${targetPort}`], labels: { instance: 'target' } }],
      },
    ],
    remote_write: remoteWriteConfig(settings, 'prometheus-agent', 'central'),
  };
  return {
    name,
    role: 'scrapes the target',
    place: places.edge,
    target: { job: 'pair' },
    connections: [],
    program: { kind: 'program', name: 'prometheus' },
    args: [
      '--agent',
      `--config.file=config/${name}/prometheus.yml`,
      `--web.listen-address=${listener(settings, port)}`,
      `--storage.agent.path=data/${name}`,
      // A stopping agent sends samples for at most 1 s. The default of one minute would slow down the test.
      '--storage.remote.flush-deadline=1s',
    ],
    files: { [`config/${name}/prometheus.yml`]: stringify(config) },
    folders: [`data/${name}`],
    ports: [settings.ports[port]],
    url: peer(settings, port),
    healthUrl: peer(settings, port, '/-/ready'),
    stopStage: 0,
  };
}

async function startTarget() {
  const served = new Map<string, number[]>();
  const startedAt = Date.now();
  const server = createServer((incoming, response) => {
    const name = new URL(incoming.url ?? '/', 'http://target').searchParams.get('agent') ?? '';
    const now = Date.now();
    served.set(name, [...(served.get(name) ?? []), now]);
    const gauges = Array.from({ length: servedSeries }, (_, n) => `pair_served{series="${n}"} ${now}`);
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(
      `${[
        '# TYPE pair_served gauge',
        ...gauges,
        '# TYPE pair_elapsed_total counter',
        `pair_elapsed_total ${(now - startedAt) / 1000}`,
      ].join('\n')}\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { served, port: (server.address() as AddressInfo).port, close: () => server.close() };
}
