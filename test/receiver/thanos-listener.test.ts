import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { edgeIdentity, thanosClientIdentity, thanos as thanosNames } from '../../config/cluster-names.ts';
import { mebibytes } from '../../config/quantity.ts';
import { namespaces } from '../../config/topology.ts';
import { serverName } from '../../modules/kubernetes/certificates.ts';
import { files, folders } from '../../modules/kubernetes/thanos/files.ts';
import { routerHost } from '../../modules/kubernetes/thanos/remote-write.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { buildGoProgram } from './go-program.ts';
import {
  call,
  freePort,
  listenerOfThanos,
  probe,
  type Running,
  run,
  runListener,
  writeVolume,
} from './listener.ts';
import { type Leaf, makeCa } from './pki.ts';

const long = { timeout: 60_000, interval: 100 };
const folder = mkdtempSync(join(tmpdir(), 'thanos-listener-'));
const ca = makeCa(folder, 'platform');
const server = ca.issue([routerHost, 'localhost'], ['serverAuth', 'clientAuth']);
const branch = ca.issue([edgeIdentity('branch')], ['clientAuth']);
const tenants = { factory: 'manufacturing' };

const stack = listenerOfThanos(['branch', 'factory'], tenants);
const here = (text: string) =>
  text.replaceAll(folders.config, join(folder, 'thanos-config')).replaceAll(folders.tls, join(folder, 'tls'));

const ports = {
  mutualQuery: 0,
  mutualQueryGrpc: 0,
  listener: 0,
  health: 0,
  receiver: 0,
  capnproto: 0,
  http: 0,
  grpc: 0,
  query: 0,
  queryGrpc: 0,
};
const running: Running[] = [];
let prometheusProgram = '';

beforeAll(async () => {
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  const [{ prometheus, thanos }, caddy, reloader] = await Promise.all([
    obtainPrograms({ names: ['prometheus', 'thanos'] }),
    buildGoProgram('caddy', 'github.com/caddyserver/caddy/v2/cmd/caddy', folder),
    buildGoProgram(
      'nats-server-config-reloader',
      'github.com/nats-io/nack/cmd/nats-server-config-reloader',
      folder,
    ),
  ]);
  prometheusProgram = prometheus.path;
  writeVolume(join(folder, 'tls'), { 'tls.crt': server.cert, 'tls.key': server.key, 'ca.crt': ca.cert });
  const config = Object.entries(stack.files).map(([name, text]) => [name, here(text)]);
  writeVolume(join(folder, 'thanos-config'), Object.fromEntries(config));
  const limits = stack.args.filter((argument) => argument.startsWith('--receive.limits-'));
  const at = (port: number) => `127.0.0.1:${port}`;
  const hashring = JSON.stringify([{ endpoints: [at(ports.grpc)] }]);
  // In this test, one Thanos receiver has the roles of the router and of the ingester.
  running.push(
    run([
      thanos.path,
      'receive',
      `--http-address=${at(ports.http)}`,
      `--grpc-address=${at(ports.grpc)}`,
      `--remote-write.address=${at(ports.receiver)}`,
      `--receive.capnproto-address=${at(ports.capnproto)}`,
      `--receive.local-endpoint=${at(ports.grpc)}`,
      `--receive.hashrings=${hashring}`,
      '--receive.tenant-header=THANOS-TENANT',
      '--label=replica="0"',
      `--tsdb.path=${folder}/data`,
      ...limits.map(here),
    ]),
    run([
      thanos.path,
      'query',
      `--http-address=${at(ports.query)}`,
      `--grpc-address=${at(ports.queryGrpc)}`,
      `--endpoint=${at(ports.grpc)}`,
    ]),
  );
  // This querier requires client certificates, like the Thanos querier in the central cluster.
  running.push(
    run([
      thanos.path,
      'query',
      `--http-address=${at(ports.mutualQuery)}`,
      `--http.config=${join(folder, 'thanos-config', basename(files.mutualWeb))}`,
      `--grpc-address=${at(ports.mutualQueryGrpc)}`,
      `--endpoint=${at(ports.grpc)}`,
    ]),
  );
  const listener = runListener({
    folder,
    edges: ['branch', 'factory'],
    objects: (edges) => listenerOfThanos(edges, tenants),
    ports,
    programs: { caddy, reloader },
  });
  running.push(listener.caddy, listener.reloader);
  await vi.waitFor(async () => expect(await writeAs(branch)).toBe(200), long);
  const grafana = ca.issue([thanosClientIdentity('grafana')], ['clientAuth']);
  await vi.waitFor(async () => expect(await queryAs(grafana)).toBe(200), long);
}, 20 * 60_000);

afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  rmSync(folder, { recursive: true });
});

function writeAs(client: Leaf | undefined, path?: string, body?: Buffer): Promise<number> {
  return call({
    ...(body && { body }),
    port: ports.listener,
    host: routerHost,
    ca: ca.cert,
    ...(client && { client }),
    ...(path !== undefined && { path }),
  });
}

describe('the listener in front of a Thanos receiver', () => {
  it('refuses a client that has no certificate from the platform CA', async () => {
    await expect(writeAs(undefined)).rejects.toThrow(/certificate required|ECONNRESET|EPIPE/);
    const foreign = makeCa(folder, 'foreign').issue([edgeIdentity('branch')], ['clientAuth']);
    await expect(writeAs(foreign)).rejects.toThrow(/unknown ca|bad certificate|ECONNRESET|EPIPE/);
  });

  it.each([
    ['an edge', edgeIdentity('branch')],
    ['the central Prometheus', thanosClientIdentity('prometheus')],
    ['a ruler', thanosClientIdentity('ruler')],
  ])('accepts a write with the certificate of %s', async (_client, name) => {
    expect(await writeAs(ca.issue([name], ['clientAuth']))).toBe(200);
  });

  it.each([
    ['an edge that is not in the environment', edgeIdentity('removed')],
    ['Grafana, which may only query', thanosClientIdentity('grafana')],
    ['a member of Thanos', 'thanos-ingester'],
    ['NATS', 'nats'],
  ])('answers 503 to a write from %s', async (_client, name) => {
    expect(await writeAs(ca.issue([name], ['clientAuth']))).toBe(503);
  });

  it('answers 404 to paths except the remote-write path', async () => {
    expect(await writeAs(branch, '/api/v1/receive')).toBe(404);
    expect(await writeAs(branch, '/metrics')).toBe(404);
    expect(await probe(ports.health, '/healthz')).toBe(200);
  });

  it.each([500_000, 2_000_000, 3_000_000])('answers 413 to a small body with %i series', async (series) => {
    const body = emptySeries(series);
    expect(body.length).toBeLessThan(300_000);
    expect(await writeAs(branch, undefined, body)).toBe(413);
    expect(await peakBytes()).toBeLessThan(mebibytes(stack.memory) * 2 ** 20);
    expect(await writeAs(ca.issue([edgeIdentity('factory')], ['clientAuth']))).toBe(200);
  });

  it('selects the tenant by the client certificate', async () => {
    const agents = await Promise.all([agentOf('branch', branch), agentOf('factory')]);
    running.push(...agents);
    await vi.waitFor(async () => {
      expect(await tenantsOf()).toEqual({ branch: ['default-tenant'], factory: ['manufacturing'] });
    }, long);
  });
});

describe('the Thanos querier', () => {
  it.each([
    ['Grafana', thanosClientIdentity('grafana')],
    ['a ruler', serverName(thanosNames.rulerService, namespaces.monitoring)],
    ['the scrape', serverName(thanosNames.query, thanosNames.namespace)],
  ])('accepts the client certificate of %s', async (_client, name) => {
    expect(await queryAs(ca.issue([name, 'localhost'], ['clientAuth']))).toBe(200);
  });

  it.each([
    ['an edge', edgeIdentity('branch')],
    ['the central Prometheus as a writer', thanosClientIdentity('prometheus')],
    ['an ingester', serverName(thanosNames.ingester, thanosNames.namespace)],
  ])('refuses the client certificate of %s', async (_client, name) => {
    await expect(queryAs(ca.issue([name, 'localhost'], ['clientAuth']))).rejects.toThrow(
      /bad certificate|ECONNRESET|EPIPE/,
    );
  });
});

function queryAs(client: Leaf): Promise<number> {
  return call({
    port: ports.mutualQuery,
    host: 'localhost',
    ca: ca.cert,
    client,
    method: 'GET',
    path: '/api/v1/query?query=up',
  });
}

/** Returns a write request with at least `count` empty series, compressed with Snappy. */
function emptySeries(count: number): Buffer {
  const copies = Math.ceil(count / 32);
  // An empty series has two bytes: 0x0a and 0x00.
  const literal = Buffer.from([(2 - 1) << 2, 0x0a, 0x00]);
  // A Snappy instruction that appends 64 bytes: 32 copies of the last two bytes of the output.
  const copy = Buffer.from([((64 - 1) << 2) | 2, 2, 0]);
  return Buffer.concat([varint(copies * 64 + 2), literal, ...Array.from({ length: copies }, () => copy)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

async function peakBytes(): Promise<number> {
  const status = await readFile(`/proc/${running[0]?.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Runs an agent that sends a wrong tenant in its header. */
async function agentOf(
  edge: string,
  leaf = ca.issue([edgeIdentity(edge)], ['clientAuth']),
): Promise<Running> {
  const own = join(folder, edge);
  mkdirSync(own);
  const files = {
    cert_file: join(own, 'tls.crt'),
    key_file: join(own, 'tls.key'),
    ca_file: join(own, 'ca.crt'),
  };
  writeFileSync(files.cert_file, leaf.cert);
  writeFileSync(files.key_file, leaf.key);
  writeFileSync(files.ca_file, ca.cert);
  const address = `127.0.0.1:${await freePort()}`;
  const config = {
    global: { external_labels: { cluster: edge }, scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'agent', static_configs: [{ targets: [address] }] }],
    remote_write: [
      {
        url: `https://localhost:${ports.listener}/api/v1/write`,
        protobuf_message: 'prometheus.WriteRequest',
        headers: { 'THANOS-TENANT': 'stolen' },
        tls_config: files,
        queue_config: { batch_send_deadline: '1s' },
      },
    ],
  };
  writeFileSync(join(own, 'prometheus.yml'), JSON.stringify(config));
  return run([
    prometheusProgram,
    '--agent',
    `--config.file=${own}/prometheus.yml`,
    `--web.listen-address=${address}`,
    `--storage.agent.path=${own}/wal`,
  ]);
}

async function tenantsOf(): Promise<Record<string, string[]>> {
  const { body } = await request(
    `http://127.0.0.1:${ports.query}/api/v1/query?query=group+by+(cluster,tenant_id)(up)`,
  );
  const { data } = (await body.json()) as { data: { result: { metric: Record<string, string> }[] } };
  const found: Record<string, string[]> = {};
  for (const { metric } of data.result) {
    const cluster = String(metric.cluster);
    found[cluster] = [...(found[cluster] ?? []), String(metric.tenant_id)].sort();
  }
  return found;
}
