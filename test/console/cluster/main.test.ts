import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { local } from '../../../config/environments/index.ts';
import { serve } from '../../../console/cluster/serve.ts';
import type { PipelineStatus } from '../../../console/controls.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { writeCertificate } from '../../functions/certificate.ts';
import { isRunning } from '../../is-running.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does, calls } = kubectlMock();
const root = join(import.meta.dirname, '..', '..', '..');
/** Maximum bytes of a request line and its headers. Prometheus has the same maximum. */
const maxHeaderSize = 1024 * 1024;
const startsWithin = { timeout: 60_000, interval: 50 };

let folder: string;
let prometheus: Server;
let prometheusPort: number;
const requested: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-cluster-'));
  writeCertificate(folder, 'prometheus', 'DNS:localhost');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  prometheus = createServer(
    { cert: read('tls.crt'), key: read('tls.key'), maxHeaderSize },
    ({ url = '' }, response) => {
      requested.push(url);
      const up = [
        { metric: { quantity: 'prometheus known' }, value: [0, '1'] },
        { metric: { quantity: 'prometheus answers' }, value: [0, '1'] },
      ];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: up } }));
    },
  );
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  prometheusPort = (prometheus.address() as AddressInfo).port;
});
afterAll(() => {
  prometheus.closeAllConnections();
  prometheus.close();
  rmSync(folder, { recursive: true });
});

const kubectlToFakePrometheus = () => {
  const ca = JSON.stringify({ data: { 'ca.crt': readFileSync(join(folder, 'tls.crt'), 'utf8') } });
  return `
    case "$*" in
      *port-forward*) echo "forward $$ $*" >> "$CALLS"
        echo 'Forwarding from 127.0.0.1:${prometheusPort} -> 9090'; exec sleep 120;;
      *configmap*) cat <<'END'\n${ca}\nEND\n;;
      *create*) echo 'job.batch/by-hand created';;
    esac`;
};

const forwardPids = (service: string) =>
  [...calls().matchAll(/^forward (\d+) (.*)$/gm)]
    .filter(([, , args]) => args?.includes(`service/${service} `))
    .map(([, pid]) => Number(pid));

async function freePort(): Promise<number> {
  const server = createListener();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = execa(
    process.execPath,
    ['--import', 'tsx', 'console/cluster/main.ts', '--no-open', ...args],
    {
      cwd: root,
      env,
      reject: false,
      all: true,
      timeout: 90_000,
    },
  );
  let output = '';
  child.all?.on('data', (piece) => {
    output += piece;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, output: () => output };
}

async function started() {
  const port = await freePort();
  const console = start(['local', '--port', String(port)]);
  await vi.waitUntil(() => console.output().includes('Ctrl-C ends it'), startsWithin);
  return { ...console, url: `http://127.0.0.1:${port}` };
}

const prometheusService = 'kube-prometheus-stack-prometheus';
const alertmanagerService = 'kube-prometheus-stack-alertmanager';

describe('npm run console', () => {
  it('restarts an ended port-forward, and leaves no kubectl process after Ctrl-C', async () => {
    does(kubectlToFakePrometheus());
    const { child, output, url } = await started();
    expect((await fetch(`${url}/map`)).status).toBe(200);
    expect((await fetch(`${url}/assets/main.js`)).status).toBe(200);

    const status = (await (await fetch(`${url}/api/status`)).json()) as PipelineStatus;
    expect(status.components[0]).toMatchObject({ name: 'prometheus', state: 'running' });
    const query = () => fetch(`${url}/api/prometheus/api/v1/query?query=up`);
    expect((await query()).status).toBe(200);
    expect((await fetch(`${url}/api/components/prometheus`, { method: 'POST' })).status).toBe(404);
    const batch = await (await fetch(`${url}/api/batch`, { method: 'POST' })).json();
    expect(batch).toMatchObject({ status: 201 });

    // Without an active alert, the console reads Alertmanager only while a page is open.
    const page = await fetch(`${url}/api/events`);
    await vi.waitUntil(() => requested.some((path) => path.startsWith('/api/v2/alerts')), startsWithin);
    // The test uses `page` after the wait. Otherwise the garbage collector could close its connection early.
    await page.body?.cancel();

    const [first] = forwardPids(prometheusService);
    process.kill(Number(first), 'SIGTERM');
    await vi.waitUntil(() => output().includes('is open again'), startsWithin);
    expect(output()).toMatch(
      /The port-forward to airflow-3\/kube-prometheus-stack-prometheus has ended: .*The console opens the port-forward again\./,
    );
    expect((await query()).status).toBe(200);

    const all = [...forwardPids(prometheusService), ...forwardPids(alertmanagerService)];
    expect(all).toHaveLength(3);
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(0);
    expect(all.filter(isRunning)).toEqual([]);
  }, 90_000);

  it('leaves no kubectl process after its terminal has closed', async () => {
    does(kubectlToFakePrometheus());
    const { child } = await started();
    child.kill('SIGHUP');
    expect((await child).exitCode).toBe(0);
    expect(
      [...forwardPids(prometheusService), ...forwardPids(alertmanagerService)].filter(isRunning),
    ).toEqual([]);
  }, 90_000);

  it('leaves no kubectl process even after a SIGKILL', async () => {
    does(kubectlToFakePrometheus());
    const { child } = await started();
    const all = [...forwardPids(prometheusService), ...forwardPids(alertmanagerService)];
    expect(all).toHaveLength(2);
    child.kill('SIGKILL');
    await child;
    await vi.waitUntil(() => all.filter(isRunning).length === 0, startsWithin);
  }, 90_000);

  it('ends after Ctrl-C even if kubectl does not answer', async () => {
    does('exec sleep 60');
    const { child } = start(['local', '--port', String(await freePort())]);
    await vi.waitUntil(() => calls().includes('configmap'), startsWithin);
    const stoppedAt = performance.now();
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(0);
    // After 15 s, the console itself ends a kubectl command that does not answer.
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  }, 90_000);
});

describe('npm run console', () => {
  async function refusal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { child, output } = start(args, env);
    const { exitCode } = await child;
    expect(output()).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
    return output();
  }

  it('reports an unknown environment without a stack trace', async () => {
    expect(await refusal(['loca'])).toMatch(
      /Expected one of dev, local, prod\..*Usage: npm run console -- \[options\] <environment>/s,
    );
  }, 90_000);

  it('reports a missing kubectl without a stack trace', async () => {
    const port = String(await freePort());
    expect(await refusal(['local', '--port', port], { PATH: folder })).toContain(
      'Install kubectl, or put it on PATH.',
    );
  }, 90_000);
});

describe('the console of a cluster', () => {
  const [environment] = checkEnvironments([local]);
  const refused = async (port?: number) => {
    if (!environment) throw new Error('no local environment');
    const options = { environment, port: port ?? (await freePort()), onReady: () => {}, report: () => {} };
    return serve(options, AbortSignal.timeout(60_000));
  };

  it('does not start if its port is in use', async () => {
    await expect(refused(prometheusPort)).rejects.toThrow(
      new RegExp(`Port ${prometheusPort} is in use.* Use another port: npm run console -- local --port \\d+`),
    );
  });

  it('does not start on a port that browsers block', async () => {
    await expect(refused(6000)).rejects.toThrow(
      'Browsers do not open port 6000. Use another port: npm run console -- local --port 6001',
    );
  });

  it('does not start if kubectl cannot reach the cluster', async () => {
    does('echo "The connection to the server 127.0.0.1:6443 was refused" >&2; exit 1');
    await expect(refused()).rejects.toThrow(
      /127\.0\.0\.1:6443 was refused\nCheck the connection: kubectl --context kind-monitoring get nodes/,
    );
  });

  it('does not start if Prometheus does not run', async () => {
    const ca = JSON.stringify({ data: { 'ca.crt': readFileSync(join(folder, 'tls.crt'), 'utf8') } });
    does(`
      case "$*" in
        *port-forward*) echo 'error: unable to forward port because pod is not running.' >&2; exit 1;;
        *configmap*) cat <<'END'\n${ca}\nEND\n;;
      esac`);
    await expect(refused()).rejects.toThrow(
      `Port 9090 of airflow-3/${prometheusService} cannot be forwarded: error: unable to forward port because pod is not running.`,
    );
  });
});
