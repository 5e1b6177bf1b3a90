import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receivesInPrometheus } from '../../config/engines.ts';
import { local } from '../../config/environments/index.ts';
import { clusters } from '../../config/topology.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { until } from '../live/processes.ts';
import { type Running, run } from '../receiver/listener.ts';
import { moving, onThanos } from '../stacks/environments.ts';
import { stackOf, synthesize, valuesOf } from '../stacks/synthesis.ts';

const first = Number(process.env.ENGINE_PORT_OFFSET ?? 23_500) - 5_400;
const names = [
  'prometheus',
  'agent',
  'remoteAgent',
  'write',
  'capnproto',
  'http',
  'grpc',
  'query',
  'queryGrpc',
] as const;
const ports = Object.fromEntries(names.map((name, index) => [name, first + index])) as Record<
  (typeof names)[number],
  number
>;
const at = (port: number) => `127.0.0.1:${port}`;

type Engine = 'prometheus' | 'thanos';
const environments: Record<string, EnvironmentValues> = {
  prometheus: local,
  'prometheus, also thanos': moving.readsPrometheus,
  'thanos, also prometheus': moving.readsThanos,
  thanos: onThanos,
};

const folder = mkdtempSync(join(tmpdir(), 'move-'));
const running: Running[] = [];
const servers: Server[] = [];
const apis: Record<Engine, ReturnType<typeof prometheusApi>> = {
  prometheus: prometheusApi(`http://${at(ports.prometheus)}`),
  thanos: prometheusApi(`http://${at(ports.query)}`),
};
const receivers: Record<Engine, string> = {
  prometheus: `http://${at(ports.prometheus)}/api/v1/write`,
  thanos: `http://${at(ports.write)}/api/v1/receive`,
};
let stacks: Awaited<ReturnType<typeof synthesize>>;
let balanced: Engine = 'prometheus';
let reads: Engine = 'prometheus';

const targets = ['central', 'inside', 'elsewhere'] as const;
type Target = (typeof targets)[number];
const scrapes: Record<Target, number> = { central: 0, inside: 0, elsewhere: 0 };
const exporters = {} as Record<Target, string>;
const clusterOf: Record<Target, string> = {
  central: clusters.primary.cluster,
  inside: clusters.edge.cluster,
  elsewhere: 'elsewhere',
};

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(first + 20 + servers.length, '127.0.0.1', resolve));
  return at(first + 20 + servers.length);
}

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const snakeKeys = (value: object) =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key === 'retryOnRateLimit' ? 'retry_on_http_429' : snake(key),
      inner,
    ]),
  );

interface RemoteWrite {
  readonly name: string;
  readonly url: string;
  readonly queueConfig?: object;
  readonly writeRelabelConfigs?: readonly object[];
}

/** A `remote_write` entry of prometheus.yml, with the address of a receiver on this machine. */
function remoteWrite({ name, url, queueConfig = {}, writeRelabelConfigs = [] }: RemoteWrite) {
  return {
    name,
    url: receivers[url.includes('thanos-router') ? 'thanos' : 'prometheus'],
    protobuf_message: 'prometheus.WriteRequest',
    queue_config: { ...snakeKeys(queueConfig), batch_send_deadline: '1s' },
    write_relabel_configs: writeRelabelConfigs.map(snakeKeys),
  };
}

function write(program: string, target: Target, remoteWrites: readonly object[]): void {
  mkdirSync(join(folder, program), { recursive: true });
  writeFileSync(
    join(folder, program, 'prometheus.yml'),
    JSON.stringify({
      global: {
        scrape_interval: '1s',
        external_labels: { cluster: clusterOf[target], environment: 'test' },
      },
      scrape_configs: [
        {
          job_name: target,
          static_configs: [{ targets: [exporters[target]] }],
          metric_relabel_configs: [
            { source_labels: ['__name__'], regex: 'move_scrapes_total', action: 'keep' },
          ],
        },
      ],
      ...(program === 'prometheus' && { storage: { tsdb: { out_of_order_time_window: '10m' } } }),
      remote_write: remoteWrites,
    }),
  );
}

function configure(state: string): void {
  const { name, central } = environments[state] as EnvironmentValues;
  const spec = valuesOf(stackOf(stacks, `${name}-monitoring`), 'kube-prometheus-stack').prometheus
    .prometheusSpec as { remoteWrite?: RemoteWrite[] };
  write('prometheus', 'central', (spec.remoteWrite ?? []).map(remoteWrite));
  const agent = valuesOf(stackOf(stacks, `${name}-federation`), 'nats').extraResources.find(
    ({ kind }: { kind: string }) => kind === 'PrometheusAgent',
  );
  write('agent', 'inside', agent.spec.remoteWrite.map(remoteWrite));
  balanced = receivesInPrometheus(central) ? 'prometheus' : 'thanos';
  reads = central.engine as Engine;
}

/** Applies the settings of one step. Prometheus must reload before the agent reloads, as in a deployment. */
async function enter(state: string): Promise<void> {
  configure(state);
  for (const port of [ports.prometheus, ports.agent]) {
    const { statusCode, body } = await request(`http://${at(port)}/-/reload`, { method: 'POST' });
    if (statusCode !== 200) throw new Error(`reload: ${statusCode} ${await body.text()}`);
    await body.dump();
  }
}

/** The stored values of a target, sorted by time. */
async function numbersIn(engine: Engine, target: Target): Promise<number[]> {
  // The central Prometheus does not store its external labels, such as `cluster`.
  const series = await apis[engine].query(`move_scrapes_total{job="${target}"}[1h]`);
  expect(series.length).toBeLessThanOrEqual(1);
  return (series[0]?.values ?? []).map(([, value]) => Number(value));
}

/** Waits for this number of new samples of each target. */
async function further(engine: Engine, count: number): Promise<void> {
  const goal = Object.fromEntries(targets.map((target) => [target, scrapes[target] + count]));
  await until(
    () =>
      `${engine} has no new samples\n${running.map((program) => program.printed().slice(-500)).join('\n')}`,
    async () => {
      const newest = await Promise.all(
        targets.map(
          async (target) => ((await numbersIn(engine, target)).at(-1) ?? 0) >= Number(goal[target]),
        ),
      );
      return newest.every(Boolean);
    },
    60_000,
  );
}

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

beforeAll(async () => {
  const [{ prometheus, thanos }, synthesized] = await Promise.all([
    obtainPrograms({ names: ['prometheus', 'thanos'] }),
    synthesize(Object.values(environments)),
  ]);
  stacks = synthesized;
  for (const target of targets) {
    exporters[target] = await listen((_, response) => {
      scrapes[target] += 1;
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(`# TYPE move_scrapes_total counter\nmove_scrapes_total ${scrapes[target]}\n`);
    });
  }
  // Fake load balancer in front of the receivers. The variable `balanced` selects the receiver.
  const balancer = await listen(async (incoming, response) => {
    const { statusCode, body } = await request(receivers[balanced], {
      method: 'POST',
      headers: {
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'x-prometheus-remote-write-version': '0.1.0',
      },
      body: incoming,
    });
    response.writeHead(statusCode).end(await body.text());
  });
  configure('prometheus');
  write(
    'remote-agent',
    'elsewhere',
    [remoteWrite({ name: 'central', url: '' })].map((one) => ({ ...one, url: `http://${balancer}` })),
  );
  const server = (name: string, port: number, args: readonly string[]) =>
    run([
      prometheus.path,
      `--config.file=${folder}/${name}/prometheus.yml`,
      `--web.listen-address=${at(port)}`,
      '--web.enable-lifecycle',
      ...args,
    ]);
  running.push(
    run([
      thanos.path,
      'receive',
      `--http-address=${at(ports.http)}`,
      `--grpc-address=${at(ports.grpc)}`,
      `--remote-write.address=${at(ports.write)}`,
      `--receive.capnproto-address=${at(ports.capnproto)}`,
      `--receive.local-endpoint=${at(ports.grpc)}`,
      `--receive.hashrings=${JSON.stringify([{ endpoints: [at(ports.grpc)] }])}`,
      '--tsdb.out-of-order.time-window=10m',
      '--label=replica="0"',
      `--tsdb.path=${folder}/thanos`,
    ]),
    run([
      thanos.path,
      'query',
      `--http-address=${at(ports.query)}`,
      `--grpc-address=${at(ports.queryGrpc)}`,
      `--endpoint=${at(ports.grpc)}`,
      '--query.replica-label=replica',
      '--query.replica-label=tenant_id',
      '--deduplication.func=chain',
    ]),
  );
  await until(
    () => 'Thanos is not ready',
    async () => (await apis.thanos.query('vector(1)').catch(() => [])).length > 0,
    60_000,
  );
  running.push(
    server('prometheus', ports.prometheus, [
      '--web.enable-remote-write-receiver',
      `--storage.tsdb.path=${folder}/tsdb`,
    ]),
    server('agent', ports.agent, ['--agent', `--storage.agent.path=${folder}/wal`]),
    server('remote-agent', ports.remoteAgent, ['--agent', `--storage.agent.path=${folder}/remote-wal`]),
  );
  await until(
    () => 'Prometheus is not ready',
    async () => (await apis.prometheus.query('vector(1)').catch(() => [])).length > 0,
    60_000,
  );
}, 20 * 60_000);

afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

async function move(from: Engine, to: Engine): Promise<void> {
  await further(from, 3);
  const before = { ...scrapes };

  await enter(`${from}, also ${to}`);
  await further(to, 5);
  expect(reads).toBe(from);

  await enter(`${to}, also ${from}`);
  expect(reads).toBe(to);
  await further(to, 5);
  const switched = Object.fromEntries(
    await Promise.all(targets.map(async (target) => [target, await numbersIn(from, target)] as const)),
  ) as Record<Target, number[]>;

  await enter(to);
  await further(to, 5);
  for (const target of targets) {
    const numbers = await numbersIn(to, target);
    const last = numbers.at(-1) as number;
    const start = numbers.find((number) => number > before[target]) as number;
    expect({ target, numbers: numbers.filter((number) => number >= start) }).toEqual({
      target,
      numbers: between(start, last),
    });
    const former = switched[target];
    expect(former.at(-1)).toBeGreaterThan(start + 3);
    expect({ target, former: former.filter((number) => number > before[target] - 3) }).toEqual({
      target,
      former: between(before[target] - 2, former.at(-1) as number),
    });
    console.log(
      `${from} to ${to}: ${target}: ${last - before[target]} samples after the start, 0 missing, ${(former.at(-1) as number) - start + 1} in both engines`,
    );
  }
}

// The page docs/move-to-thanos.md describes the steps of the engine change.
describe('the documented change of the engine', () => {
  it('from Prometheus to Thanos loses no sample and duplicates no sample', async () => {
    await move('prometheus', 'thanos');
  }, 180_000);

  it('from Thanos to Prometheus loses no sample', async () => {
    await move('thanos', 'prometheus');
    await Promise.all(running.splice(0, 2).map((program) => program.stop()));
    await further('prometheus', 3);
    for (const target of targets) {
      const numbers = await numbersIn('prometheus', target);
      expect(numbers.slice(-8)).toEqual(between((numbers.at(-1) as number) - 7, numbers.at(-1) as number));
    }
  }, 180_000);
});
