import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { EnvHttpProxyAgent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { AirflowApi } from '../../demo/airflow/api.ts';
import type { System } from '../../verify/check.ts';
import { grafana } from '../../verify/checks/grafana.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { tunnelTo } from '../toolchain/release-server.ts';

async function localProgram() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(500).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Makes undici send requests through a proxy by default, as NODE_USE_ENV_PROXY does in Node 24. */
async function proxyByDefault() {
  const proxy = await tunnelTo(undefined);
  const before = getGlobalDispatcher();
  setGlobalDispatcher(new EnvHttpProxyAgent({ httpProxy: `http://${proxy.address}`, noProxy: '' }));
  onTestFinished(() => setGlobalDispatcher(before));
  return proxy;
}

const system = (url: string) =>
  ({ grafana: async () => ({ url, username: 'u', password: 'p' }) }) as unknown as System;

it.each<[string, (url: string) => Promise<unknown>]>([
  ['the API of Prometheus', (url) => prometheusApi(url).targets()],
  ['the API of Airflow', (url) => new AirflowApi(url).hasDag('dag')],
  ['Grafana', (url) => grafana(system(url))],
])(
  'a program of the demo connects to %s without a proxy even if Node uses a proxy by default',
  async (_, call) => {
    const { asked } = await proxyByDefault();
    const { url, seen } = await localProgram();
    await call(url).catch(() => undefined);
    expect(seen.length).toBeGreaterThan(0);
    expect(asked).toEqual([]);
  },
);

it('npm start connects to its programs without a proxy even if NODE_USE_ENV_PROXY is set', async () => {
  const { address, asked } = await tunnelTo(undefined);
  const { url, seen } = await localProgram();
  const module = new URL('../../demo/http-exchange.ts', import.meta.url).href;
  const program = `const { exchange } = await import('${module}');
    const { status } = await exchange('${url}/healthz', { signal: AbortSignal.timeout(5000) });
    console.log(status);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', program],
    { env: { PATH: process.env.PATH, HTTP_PROXY: `http://${address}`, NODE_USE_ENV_PROXY: '1' } },
  );
  expect(stdout).toBe('500\n');
  expect(seen).toEqual(['/healthz']);
  expect(asked).toEqual([]);
});
