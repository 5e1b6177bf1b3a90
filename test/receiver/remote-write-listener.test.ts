import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { edgeIdentity, services } from '../../config/cluster-names.ts';
import { serverName } from '../../modules/kubernetes/certificates.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { buildGoProgram } from './go-program.ts';
import {
  type Call,
  call,
  freePort,
  type Listener,
  listenerOfPrometheus,
  probe,
  type Running,
  run,
  runListener,
  shownSerial,
  writeVolume,
} from './listener.ts';
import { makeCa } from './pki.ts';

const host = serverName(services.prometheus.name, services.prometheus.namespace);
const long = { timeout: 60_000, interval: 100 };

const folder = mkdtempSync(join(tmpdir(), 'remote-write-listener-'));
const ca = makeCa(folder, 'platform');
const serverNames = [host, services.prometheus.name, 'localhost'];
const server = ca.issue(serverNames, ['serverAuth']);
const edge = ca.issue([edgeIdentity('branch')], ['clientAuth']);
const secret = (leaf = server) => ({ 'tls.crt': leaf.cert, 'tls.key': leaf.key, 'ca.crt': ca.cert });

const ports = { listener: 0, health: 0, receiver: 0, agent: 0 };
const running: Running[] = [];
let listener: Listener;
let prometheusProgram = '';

function started(program: Running): Running {
  running.push(program);
  return program;
}

function runPrometheus(name: string, config: object, args: readonly string[]): void {
  const own = join(folder, name);
  mkdirSync(own);
  writeFileSync(join(own, 'prometheus.yml'), JSON.stringify(config));
  started(run([prometheusProgram, `--config.file=${own}/prometheus.yml`, ...args]));
}

beforeAll(async () => {
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  const [{ prometheus }, caddy, reloader] = await Promise.all([
    obtainPrograms({ names: ['prometheus'] }),
    buildGoProgram('caddy', 'github.com/caddyserver/caddy/v2/cmd/caddy', folder),
    buildGoProgram(
      'nats-server-config-reloader',
      'github.com/nats-io/nack/cmd/nats-server-config-reloader',
      folder,
    ),
  ]);
  prometheusProgram = prometheus.path;
  const tls = join(folder, 'tls');
  writeVolume(tls, secret());
  const web = join(folder, 'web.yml');
  writeFileSync(
    web,
    JSON.stringify({
      tls_server_config: { cert_file: join(tls, 'tls.crt'), key_file: join(tls, 'tls.key') },
    }),
  );
  runPrometheus('prometheus', {}, [
    `--web.listen-address=127.0.0.1:${ports.receiver}`,
    `--web.config.file=${web}`,
    `--storage.tsdb.path=${folder}/data`,
    '--web.enable-remote-write-receiver',
  ]);
  listener = runListener({
    folder,
    edges: ['branch', 'factory'],
    objects: listenerOfPrometheus,
    ports,
    programs: { caddy, reloader },
  });
  started(listener.caddy);
  started(listener.reloader);
  await vi.waitFor(async () => expect(await write()).toBe(204), long);
}, 20 * 60_000);

afterAll(async () => {
  await Promise.all(running.map((program) => program.stop()));
  rmSync(folder, { recursive: true });
});

const write = (given: Partial<Call> = {}) =>
  call({ port: ports.listener, host, ca: ca.cert, client: edge, ...given });

function writeAs(client: Call['client']): Promise<number> {
  return call({ port: ports.listener, host, ca: ca.cert, ...(client && { client }) });
}

describe('the TLS handshake of the listener', () => {
  it('refuses a client without a certificate', async () => {
    await expect(writeAs(undefined)).rejects.toThrow(/certificate required|ECONNRESET|EPIPE/);
  });

  it('refuses a client that presents a server certificate', async () => {
    await expect(writeAs(server)).rejects.toThrow(/bad certificate|unsupported certificate|ECONNRESET|EPIPE/);
  });

  it('refuses a client with a certificate from another CA', async () => {
    const other = makeCa(folder, 'other').issue([edgeIdentity('branch')], ['clientAuth']);
    await expect(writeAs(other)).rejects.toThrow(/unknown ca|bad certificate|ECONNRESET|EPIPE/);
  });
});

describe('a client certificate', () => {
  it('is accepted if its first DNS name is the name of an edge', async () => {
    expect(await write()).toBe(204);
    const factory = ca.issue([edgeIdentity('factory')], ['clientAuth']);
    expect(await writeAs(factory)).toBe(204);
  });

  it.each([
    ['the name of an edge that is not in the environment', [edgeIdentity('removed')]],
    ['the name of a server, such as NATS', ['nats', 'nats.nats.svc']],
    [
      'the name of a server, and its second DNS name is the name of an edge',
      ['nats', edgeIdentity('branch')],
    ],
  ])('is refused with status 503 if its first DNS name is %s', async (_what, names) => {
    expect(await writeAs(ca.issue(names, ['clientAuth']))).toBe(503);
  });
});

describe('an edge', () => {
  it.each([
    ['GET', '/api/v1/write', 403],
    ['DELETE', '/api/v1/write', 403],
    ['GET', '/api/v1/query?query=up', 404],
    ['POST', '/api/v1/query?query=up', 404],
    ['POST', '/api/v1/read', 404],
    ['POST', '/-/reload', 404],
    ['GET', '/metrics', 404],
    ['GET', '/', 404],
    ['GET', '/healthz', 404],
    ['POST', '/api/v1/write/../query?query=up', 404],
    ['POST', '/api/v1/write/', 404],
    ['POST', '/api/v1/write%2F..%2Fquery?query=up', 404],
  ])('cannot reach Prometheus with the request %s %s', async (method, path, status) => {
    expect(await write({ method, path })).toBe(status);
  });

  it.each(['/api/v1/query/..%2Fwrite?query=up', '//api/v1/write', '/API/V1/WRITE', '/api/v1/write?query=up'])(
    'cannot reach the query API of Prometheus with the path %s',
    async (path) => {
      // A status of 200 means that the request reached the query API.
      expect([204, 404]).toContain(await write({ path }));
    },
  );

  it('cannot send a body above the limit, with or without Content-Length', async () => {
    const tooLarge = 8 * 1024 * 1024 + 1;
    expect(await write({ announced: tooLarge })).toBe(413);
    // Without Content-Length, the listener can close the connection before the client reads the status.
    const unannounced = write({ body: Buffer.alloc(tooLarge), chunked: true });
    const end = await unannounced.catch((error: NodeJS.ErrnoException) => error.code);
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(end);
  });

  it('can send samples of a Prometheus agent through the listener', async () => {
    const [cert, key, root] = ['edge.crt', 'edge.key', 'edge-ca.crt'].map((name) => join(folder, name));
    writeFileSync(cert as string, edge.cert);
    writeFileSync(key as string, edge.key);
    writeFileSync(root as string, ca.cert);
    const scrape = {
      job_name: 'agent',
      scrape_interval: '1s',
      static_configs: [{ targets: [`127.0.0.1:${ports.agent}`] }],
    };
    const remoteWrite = {
      url: `https://localhost:${ports.listener}/api/v1/write`,
      tls_config: { ca_file: root, cert_file: cert, key_file: key },
    };
    const global = { external_labels: { cluster: 'branch' } };
    runPrometheus('agent', { global, scrape_configs: [scrape], remote_write: [remoteWrite] }, [
      '--agent',
      `--web.listen-address=127.0.0.1:${ports.agent}`,
      `--storage.agent.path=${folder}/wal`,
    ]);
    await vi.waitFor(async () => expect(await upSeries()).toContain('"cluster":"branch"'), long);
  });
});

async function upSeries(): Promise<string> {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent({ connect: { ca: ca.cert } });
  const { body } = await request(`https://localhost:${ports.receiver}/api/v1/query?query=up`, {
    dispatcher,
  });
  const text = await body.text();
  await dispatcher.close();
  return text;
}

const caddyPrinted = (text: string) => listener.caddy.printed().includes(text);

describe('the remote-write listener', () => {
  it('answers probes on the health port without a client certificate', async () => {
    expect(await probe(ports.health, '/healthz')).toBe(200);
    expect(await probe(ports.health, '/api/v1/query?query=up')).toBe(404);
    expect(await call({ port: ports.health, host, ca: ca.cert })).toBe(404);
  });

  it('logs refused clients, but not accepted writes', async () => {
    expect(await writeAs(ca.issue([edgeIdentity('unknown')], ['clientAuth']))).toBe(503);
    await vi.waitFor(() => expect(caddyPrinted(`"client":"${edgeIdentity('unknown')}"`)).toBe(true), long);
    expect(caddyPrinted('"status":204')).toBe(false);
  });

  it('accepts a new edge and refuses a removed edge, without a restart', async () => {
    const added = ca.issue([edgeIdentity('added')], ['clientAuth']);
    expect(await writeAs(added)).toBe(503);
    listener.configure(['branch', 'added']);
    await vi.waitFor(async () => expect(await writeAs(added)).toBe(204), long);
    expect(await writeAs(ca.issue([edgeIdentity('factory')], ['clientAuth']))).toBe(503);
    expect(await write()).toBe(204);
    expect(listener.caddy.child.exitCode).toBeNull();
  });

  it('uses a renewed certificate without a restart', async () => {
    const renewed = ca.issue(serverNames, ['serverAuth']);
    const { serialNumber } = new X509Certificate(renewed.cert);
    expect(await shownSerial(ports.health, host, ca.cert)).not.toBe(serialNumber);
    writeVolume(join(folder, 'tls'), secret(renewed));
    await vi.waitFor(async () => {
      expect(await shownSerial(ports.listener, host, ca.cert)).toBe(serialNumber);
    }, long);
    expect(listener.caddy.child.exitCode).toBeNull();
    expect(await write()).toBe(204);
  });

  it('keeps its certificate if the new file is not a certificate', async () => {
    const before = await shownSerial(ports.health, host, ca.cert);
    writeVolume(join(folder, 'tls'), { ...secret(), 'tls.crt': 'no certificate' });
    await vi.waitFor(() => expect(caddyPrinted('failed to reload config')).toBe(true), long);
    expect(await shownSerial(ports.health, host, ca.cert)).toBe(before);
    expect(await write()).toBe(204);
  });

  it('accepts only clients of the new CA after the CA file changes', async () => {
    const next = makeCa(folder, 'next');
    const own = next.issue(serverNames, ['serverAuth']);
    writeVolume(join(folder, 'tls'), { 'tls.crt': own.cert, 'tls.key': own.key, 'ca.crt': next.cert });
    const client = next.issue([edgeIdentity('branch')], ['clientAuth']);
    await vi.waitFor(async () => {
      expect(await call({ port: ports.listener, host, ca: next.cert, client })).toBe(204);
    }, long);
    await expect(call({ port: ports.listener, host, ca: next.cert, client: edge })).rejects.toThrow();
  });
});
