import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { remoteWriteListener } from '../../config/cluster-names.ts';
import { KubePrometheusStack } from '../../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import { sourcePorts } from '../../sources/index.ts';
import type { Manifest } from '../modules/kubernetes/manifest.ts';
import { releaseValues, synthesize } from '../modules/kubernetes/synthesis.ts';
import type { Leaf } from './pki.ts';

/** Ports on 127.0.0.1 that replace the ports of the pod. */
export interface Ports {
  readonly listener: number;
  readonly health: number;
  readonly prometheus: number;
}

export interface Running {
  readonly child: ChildProcess;
  /** Output of the containers until now. */
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
  /** Writes the configuration for these edges, as a deployment would do. */
  configure(edges: readonly string[]): void;
}

/**
 * Runs the listener's containers with the commands and the configuration of the stack. Only the paths and ports are
 * different.
 */
export function runListener(options: {
  readonly folder: string;
  readonly edges: readonly string[];
  readonly ports: Ports;
  readonly programs: { readonly caddy: string; readonly reloader: string };
}): Listener {
  const { folder, programs } = options;
  const here = (text: string) =>
    text
      .replaceAll('/etc/listener-tls', join(folder, 'tls'))
      .replaceAll('/etc/listener/', `${join(folder, 'config')}/`)
      .replaceAll('/run/listener', join(folder, 'run'))
      .replaceAll('/usr/bin/caddy', programs.caddy)
      .replaceAll('/usr/local/bin/nats-server-config-reloader', programs.reloader)
      .replaceAll(`:${remoteWriteListener.port}`, `:${options.ports.listener}`)
      .replaceAll(`:${remoteWriteListener.healthPort}`, `:${options.ports.health}`)
      .replaceAll(`:${sourcePorts.prometheus}`, `:${options.ports.prometheus}`);
  const configure = (edges: readonly string[]) => {
    const configMap = stackValues(edges).extraManifests.find(
      ({ kind, metadata }: Manifest) => kind === 'ConfigMap' && metadata.name === 'remote-write-listener',
    );
    writeVolume(join(folder, 'config'), { 'caddy.json': here(configMap.data['caddy.json']) });
  };
  const { containers } = stackValues(options.edges).prometheus.prometheusSpec;
  const started = (name: string) => {
    const { command, env = [] } = containers.find((container: { name: string }) => container.name === name);
    const variables = env.map((entry: { name: string; value: string }) => [entry.name, here(entry.value)]);
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

function stackValues(edges: readonly string[]) {
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
  return releaseValues(stack, 'kube-prometheus-stack');
}

/**
 * Replaces the files of a mounted Secret or ConfigMap at the same moment, as the kubelet does. Each file is a link
 * through the folder `..data`, which is also a link. The kubelet replaces this link and then removes the previous
 * folder.
 */
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
  /**
   * Whether the body has no announced length.
   * @default false
   */
  readonly chunked?: boolean;
  /**
   * Value of `content-length` for a body that is never sent.
   * @default the whole body is sent
   */
  readonly announced?: number;
}

/** An empty remote-write request: a snappy block with zero bytes. */
const emptyWrite = Buffer.from([0]);

/**
 * Sends a request to the listener.
 * @returns the HTTP status.
 * @throws Error of the TLS handshake, if the listener refuses the client in the handshake
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

/**
 * Probes like the kubelet: it connects to an IP address, sends no server name and no client certificate, and verifies
 * nothing.
 * @returns the HTTP status
 */
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

/**
 * Connects to a port.
 * @returns the serial number of the server's certificate
 */
export function shownSerial(port: number, host: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: host, ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
