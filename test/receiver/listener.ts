import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { remoteWriteListener, thanos } from '../../config/cluster-names.ts';
import { KubePrometheusStack } from '../../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import { configMapName } from '../../modules/kubernetes/thanos/files.ts';
import { thanosSize } from '../../modules/kubernetes/thanos/sizing.ts';
import { Thanos } from '../../modules/kubernetes/thanos/thanos.ts';
import { sourcePorts } from '../../sources/index.ts';
import { kubernetesObjects, type Manifest } from '../modules/kubernetes/manifest.ts';
import { releaseValues, synthesize } from '../modules/kubernetes/synthesis.ts';
import type { Leaf } from './pki.ts';

/** Ports on 127.0.0.1. The test uses these ports instead of the ports of the pod. */
export interface Ports {
  readonly listener: number;
  readonly health: number;
  readonly receiver: number;
}

interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

export interface ListenerObjects {
  readonly config: string;
  readonly containers: readonly Container[];
  /** Port of the receiver in the cluster. In the test, the receiver uses the port `Ports.receiver`. */
  readonly receiverPort: number;
}

export interface ThanosObjects extends ListenerObjects {
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Memory limit of a router, as a Kubernetes quantity. */
  readonly memory: string;
}

export interface Running {
  readonly child: ChildProcess;
  printed(): string;
  stop(): Promise<void>;
}

export function run(command: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    printed: () => text,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export interface Listener {
  readonly caddy: Running;
  readonly reloader: Running;
  configure(edges: readonly string[]): void;
}

export function runListener(options: {
  readonly folder: string;
  readonly edges: readonly string[];
  readonly objects: (edges: readonly string[]) => ListenerObjects;
  readonly ports: Ports;
  readonly programs: { readonly caddy: string; readonly reloader: string };
}): Listener {
  const { folder, programs, objects } = options;
  const { containers, receiverPort } = objects(options.edges);
  const here = (text: string) =>
    text
      .replaceAll('/etc/listener-tls', join(folder, 'tls'))
      .replaceAll('/etc/listener/', `${join(folder, 'config')}/`)
      .replaceAll('/run/listener', join(folder, 'run'))
      .replaceAll('/usr/bin/caddy', programs.caddy)
      .replaceAll('/usr/local/bin/nats-server-config-reloader', programs.reloader)
      .replaceAll(`:${remoteWriteListener.port}`, `:${options.ports.listener}`)
      .replaceAll(`:${remoteWriteListener.healthPort}`, `:${options.ports.health}`)
      .replaceAll(`:${receiverPort}`, `:${options.ports.receiver}`);
  const configure = (edges: readonly string[]) => {
    writeVolume(join(folder, 'config'), { 'caddy.json': here(objects(edges).config) });
  };
  const started = (name: string) => {
    const found = containers.find((container) => container.name === name);
    if (!found) throw new Error(`the pod has no container ${name}`);
    const { command, env = [] } = found;
    const variables = env.map((entry) => [entry.name, here(entry.value)]);
    return run(command.map(here), Object.fromEntries(variables));
  };
  configure(options.edges);
  mkdirSync(join(folder, 'run'));
  return {
    caddy: started('remote-write-listener'),
    reloader: started('remote-write-listener-reloader'),
    configure,
  };
}

const isListener = ({ kind, metadata }: Manifest) =>
  kind === 'ConfigMap' && metadata.name === 'remote-write-listener';

export function listenerOfPrometheus(edges: readonly string[]): ListenerObjects {
  const stack = synthesize(
    (scope, connection) =>
      new KubePrometheusStack(scope, 'kps', {
        connection,
        namespace: 'airflow-3',
        prometheus: {
          externalLabels: { cluster: 'central', environment: 'test' },
          retention: { time: '1d' },
          outOfOrderWindow: '1h',
          resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
          edges: { names: edges, peers: [{ cidr: '127.0.0.0/8' }] },
        },
        alertmanager: { receivers: [] },
      }),
  );
  const values = releaseValues(stack, 'kube-prometheus-stack');
  return {
    config: values.extraManifests.find(isListener).data['caddy.json'],
    containers: values.prometheus.prometheusSpec.containers,
    receiverPort: sourcePorts.prometheus,
  };
}

export function listenerOfThanos(
  edges: readonly string[],
  tenants: Readonly<Record<string, string>>,
): ThanosObjects {
  const size = thanosSize({ series: 1000, scrapeIntervalSeconds: 30, replication: 3, localSeconds: 3600 });
  const objects = kubernetesObjects(
    synthesize(
      (scope, connection) =>
        new Thanos(scope, 'thanos', {
          connection,
          size,
          replication: 3,
          pairs: false,
          outOfOrderWindow: '1h',
          localRetention: '1d',
          edges,
          tenants,
          writers: [{ cidr: '127.0.0.0/8' }],
          readers: [],
        }),
    ),
  );
  const found = (wanted: (object: Manifest) => boolean): Manifest => {
    const object = objects.find(wanted);
    if (!object) throw new Error('Thanos has no such object');
    return object;
  };
  const router = found(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'thanos-router');
  const { containers } = router.spec.template.spec;
  return {
    config: found(isListener).data['caddy.json'],
    containers,
    receiverPort: thanos.loopback.write,
    files: found(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapName).data,
    args: containers[0].args,
    memory: containers[0].resources.limits.memory,
  };
}

/** Replaces all files of a mounted volume at once with a link `..data`, as the kubelet does. */
export function writeVolume(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const [data, swap] = [join(folder, '..data'), join(folder, '..data_tmp')];
  const before = existsSync(data) ? realpathSync(data) : undefined;
  const revision = `..${process.hrtime.bigint()}`;
  mkdirSync(join(folder, revision));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, revision, name), text);
    if (!before) symlinkSync(join('..data', name), join(folder, name));
  }
  symlinkSync(revision, swap);
  renameSync(swap, data);
  if (before) rmSync(before, { recursive: true });
}

export interface Call {
  readonly port: number;
  readonly host: string;
  readonly ca: string;
  readonly client?: Leaf;
  readonly method?: string;
  readonly path?: string;
  readonly body?: Buffer;
  /** @default false */
  readonly chunked?: boolean;
  /** Header `content-length` of a request that sends no body. */
  readonly announced?: number;
}

/** An empty remote-write request: a snappy block of length zero. */
const emptyWrite = Buffer.from([0]);

/**
 * @returns the HTTP status
 * @throws Error if the server refuses the client in the TLS handshake
 */
export function call(given: Call): Promise<number> {
  const { port, host, ca, client, method = 'POST', path = remoteWriteListener.path, announced } = given;
  const { body = method === 'GET' ? Buffer.alloc(0) : emptyWrite, chunked = false } = given;
  return new Promise((resolve, reject) => {
    const headers = {
      host,
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      ...(!chunked && { 'content-length': announced ?? body.length }),
    };
    const options = {
      agent: false,
      host: '127.0.0.1',
      port,
      servername: host,
      ca,
      ...client,
      method,
      path,
      headers,
    };
    const sent = request(options, (response) => {
      resolve(response.statusCode ?? 0);
      response.resume().on('end', () => sent.destroy());
    });
    sent.on('error', reject);
    if (announced !== undefined) sent.flushHeaders();
    else sent.end(body);
  });
}

export function probe(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, host: '127.0.0.1', port, path, rejectUnauthorized: false };
    const sent = request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** @returns the serial number of the server's certificate */
export function shownSerial(port: number, host: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: host, ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
