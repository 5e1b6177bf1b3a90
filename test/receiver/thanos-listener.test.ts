import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { edgeIdentity, thanosClientIdentity } from '../../config/cluster-names.ts';
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

const ports = { listener: 0, health: 0, receiver: 0, capnproto: 0, http: 0, grpc: 0, query: 0, queryGrpc: 0 };
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
  const at = (port: number) => `127.0.0.1:${port}`;
  const hashring = JSON.stringify([{ endpoints: [at(ports.grpc)] }]);
  // One receiver that also stores: the listener is the same in front of a router.
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
    ]),
    run([
      thanos.path,
      'query',
      `--http-address=${at(ports.query)}`,
      `--grpc-address=${at(ports.queryGrpc)}`,
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
}, 20 * 60_000);

afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  rmSync(folder, { recursive: true });
});

/** Sends an empty write. @returns the HTTP status */
function writeAs(client: Leaf | undefined, path?: string): Promise<number> {
  return call({
    port: ports.listener,
    host: routerHost,
    ca: ca.cert,
    ...(client && { client }),
    ...(path !== undefined && { path }),
  });
}

describe('the listener in front of a Thanos receiver', () => {
  it('refuses a client without a certificate, and a certificate of a foreign CA with the name of an edge', async () => {
    await expect(writeAs(undefined)).rejects.toThrow(/certificate required|ECONNRESET|EPIPE/);
    const foreign = makeCa(folder, 'foreign').issue([edgeIdentity('branch')], ['clientAuth']);
    await expect(writeAs(foreign)).rejects.toThrow(/unknown ca|bad certificate|ECONNRESET|EPIPE/);
  });

  it.each([
    ['an edge', edgeIdentity('branch')],
    ['the central Prometheus', thanosClientIdentity('prometheus')],
    ['a ruler', thanosClientIdentity('ruler')],
  ])('accepts the certificate of %s', async (_client, name) => {
    expect(await writeAs(ca.issue([name], ['clientAuth']))).toBe(200);
  });

  it.each([
    ['an edge that is not in the environment', edgeIdentity('removed')],
    ['Grafana, which may only query', thanosClientIdentity('grafana')],
    ['a member of Thanos', 'thanos-ingester'],
    ['NATS', 'nats'],
  ])(
    'refuses the certificate of %s with 503, after which an agent keeps its samples',
    async (_client, name) => {
      expect(await writeAs(ca.issue([name], ['clientAuth']))).toBe(503);
    },
  );

  it('forwards no other path, also not that of the receiver itself', async () => {
    expect(await writeAs(branch, '/api/v1/receive')).toBe(404);
    expect(await writeAs(branch, '/metrics')).toBe(404);
    expect(await probe(ports.health, '/healthz')).toBe(200);
  });

  it('selects the tenant by the certificate, and not by the header of the client', async () => {
    const agents = await Promise.all([agentOf('branch', branch), agentOf('factory')]);
    running.push(...agents);
    await vi.waitFor(async () => {
      expect(await tenantsOf()).toEqual({ branch: ['default-tenant'], factory: ['manufacturing'] });
    }, long);
  });
});

/** Runs an agent that scrapes itself every second, and asks for the tenant of another team. */
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

/** The tenants that have samples of each edge. */
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
