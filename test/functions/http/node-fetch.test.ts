import { once } from 'node:events';
import http from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BodyTooLargeError } from '../../../functions/http/body-limit.ts';
import { discard, FetchTimeoutError, readText } from '../../../functions/http/fetch.ts';
import { createNodeFetch, type NodeFetchOptions, nodeFetchOf } from '../../../functions/http/node-fetch.ts';
import { httpsAgents } from '../../../functions/http/proxy.ts';
import { proxyFor } from '../../../settings/proxy-settings.ts';
import { readProxies } from '../../../toolchain/index.ts';
import { tunnelTo } from '../../toolchain/release-server.ts';
import { mockUpstream } from '../mock-upstream.ts';
import { secureMock } from '../secure-mock.ts';

const get = (more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  ({ method: 'GET', headers: {}, timeoutMs: 5000, redirect: 'manual', ...more }) as const;

describe('a fetch over node:http', () => {
  it('sends a request and reads the answer', async () => {
    const server = await mockUpstream(() => ({ status: 201, headers: { 'x-a': ['1', '2'] }, body: 'ü' }));
    const response = await createNodeFetch()(`${server.url}/p?q=1`, {
      ...get(),
      method: 'POST',
      headers: { 'x-b': 'b' },
      body: 'ä',
    });
    expect([response.status, response.headers.get('X-A'), response.headers.get('x-c')]).toEqual([
      201,
      '1, 2',
      null,
    ]);
    expect(await readText(response, 100)).toBe('ü');
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/p?q=1' });
    expect(server.seen[0]?.headers).toMatchObject({ 'x-b': 'b', 'content-length': '2' });
  });

  it('does not follow a redirect', async () => {
    const server = await mockUpstream(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    expect((await createNodeFetch()(server.url, get())).status).toBe(302);
    expect(server.seen).toHaveLength(1);
  });

  it('stops when its signal aborts', async () => {
    const server = await mockUpstream(() => 'hang');
    const fetch = createNodeFetch();
    await expect(fetch(server.url, get({ signal: AbortSignal.abort() }))).rejects.toThrow();
    await expect(fetch(server.url, get({ signal: AbortSignal.timeout(20) }))).rejects.toThrow();
  });

  it('fails at its deadline, even if the answer has begun', async () => {
    const silent = await mockUpstream(() => 'hang');
    const fetch = createNodeFetch();
    await expect(fetch(silent.url, get({ timeoutMs: 20 }))).rejects.toThrow(FetchTimeoutError);

    const halfway = http.createServer((_, response) => response.writeHead(200).write('half'));
    await new Promise<void>((resolve) => halfway.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      halfway.closeAllConnections();
      halfway.close();
    });
    const { port } = halfway.address() as AddressInfo;
    const answer = () => fetch(`http://127.0.0.1:${port}/`, get({ timeoutMs: 200 }));
    await expect(readText(await answer(), 100)).rejects.toThrow(FetchTimeoutError);
    // The deadline ends the response body with an error. The test fails if no code handles this error.
    await discard(await answer());
  });

  it('reads a body only up to the given limit', async () => {
    const server = await mockUpstream(() => ({ body: 'x'.repeat(1000) }));
    const response = await createNodeFetch()(server.url, get());
    await expect(readText(response, 999)).rejects.toThrow(BodyTooLargeError);
  });

  it('opens only the given number of connections', async () => {
    const server = await mockUpstream();
    const fetch = createNodeFetch({ maxConnections: 2 });
    await Promise.all(Array.from({ length: 20 }, async () => readText(await fetch(server.url, get()), 100)));
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  });

  describe('with a given CA', () => {
    const url = ({ port }: { port: number }) => `https://127.0.0.1:${port}`;
    const answer = async (server: { port: number }, options: NodeFetchOptions) =>
      readText(await createNodeFetch(options)(url(server), get()), 100);

    it('trusts a server with a certificate of this CA', async () => {
      const server = await secureMock();
      await expect(answer(server, {})).rejects.toThrow('self-signed certificate');
      expect(await answer(server, { ca: server.ca })).toBe('safe');
    });

    it('also trusts the CAs of NODE_EXTRA_CA_CERTS', async () => {
      const [extra, given] = [await secureMock(), await secureMock()];
      const fetch = nodeFetchOf({ NODE_EXTRA_CA_CERTS: extra.caFile })({ ca: given.ca });
      expect(await readText(await fetch(url(given), get()), 100)).toBe('safe');
      expect(await readText(await fetch(url(extra), get()), 100)).toBe('safe');
      await expect(fetch(url(await secureMock()), get())).rejects.toThrow('self-signed certificate');
    });

    it('ignores a missing file of NODE_EXTRA_CA_CERTS', async () => {
      const given = await secureMock();
      expect(await answer(given, { ca: given.ca, extraCaFile: '/nowhere/ca.pem' })).toBe('safe');
    });
  });
});

describe('a fetch with HTTPS_PROXY', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['with http://', 'http://'],
    ['without http://', ''],
  ])('accepts a proxy address %s', async (_, scheme) => {
    const { url, ca } = await tlsServer();
    const proxy = await tunnelTo(new URL(url));
    vi.stubEnv('HTTPS_PROXY', `${scheme}user:p%40ss@${proxy.address}`);
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('no_proxy', '');
    expect(await readText(await createNodeFetch({ ca })(url, get()), 100)).toBe('safe');
    expect(proxy.asked).toEqual([new URL(url).host]);
    expect(proxy.logins).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
  });

  it('connects directly to hosts of NO_PROXY and to http:// URLs', async () => {
    const { url, ca } = await tlsServer();
    const proxy = await tunnelTo(new URL(url));
    vi.stubEnv('HTTPS_PROXY', proxy.address);
    vi.stubEnv('no_proxy', '127.0.0.1');
    const fetch = createNodeFetch({ ca });
    expect(await readText(await fetch(url, get()), 100)).toBe('safe');
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('NO_PROXY', '');
    expect((await fetch((await mockUpstream()).url, get())).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });

  it('stops at its deadline if a proxy never opens the tunnel', async () => {
    const proxy = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      proxy.close();
      for (const socket of taken) socket.destroy();
    });
    const taken: Socket[] = [];
    proxy.on('connection', (socket) => taken.push(socket));
    await once(proxy, 'listening');
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const fetch = createNodeFetch();
    const url = 'https://upstream.example.com/';
    await expect(fetch(url, { ...get(), timeoutMs: 50 })).rejects.toThrow(FetchTimeoutError);
    const abort = new AbortController();
    const answer = fetch(url, { ...get(), signal: abort.signal });
    await vi.waitUntil(() => taken.length === 2);
    abort.abort(new Error('stopped'));
    await expect(answer).rejects.toThrow('stopped');
  });

  it.each([
    ['https://api.example.com', { NO_PROXY: 'example.com' }, 'direct'],
    ['https://API.example.com', { NO_PROXY: 'other.com *.EXAMPLE.com:443' }, 'direct'],
    ['https://api.example.com', { NO_PROXY: 'example.com:8443' }, 'through the proxy'],
    ['https://myexample.com', { NO_PROXY: 'example.com' }, 'through the proxy'],
    ['https://api.example.com', { NO_PROXY: 'example.com', no_proxy: '' }, 'through the proxy'],
    ['https://api.example.com', { NO_PROXY: '', https_proxy: '' }, 'direct'],
  ])('to the URL %s with the variables %j uses this route: %s', async (url, env, way) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.example.com:3128');
    vi.stubEnv('no_proxy', undefined);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const direct = new Agent();
    const asked = (await httpsAgents(direct, {})(url)) === direct ? 'direct' : 'through the proxy';
    expect(asked).toBe(way);
    expect(proxyFor(url, readProxies(process.env)) === undefined ? 'direct' : 'through the proxy').toBe(way);
  });

  it('fails if the proxy refuses the request', async () => {
    const proxy = await tunnelTo(undefined);
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('HTTPS_PROXY', `http://user:secret@${proxy.address}`);
    const failure = await createNodeFetch()('https://upstream.example.com/', get()).catch((e: Error) => e);
    expect(failure).toMatchObject({
      message: `the proxy http://${proxy.address} (HTTPS_PROXY): Bad response: 407`,
    });
    vi.stubEnv('HTTPS_PROXY', 'socks5://user:secret@proxy:1080');
    await expect(createNodeFetch()('https://upstream.example.com/', get())).rejects.toThrow(
      'HTTPS_PROXY is "socks5://…@proxy:1080", which is not the URL of an HTTP proxy. ' +
        'Set it to a URL such as http://proxy.example.com:8080, or unset it.',
    );
  });
});

async function tlsServer(): Promise<{ readonly url: string; readonly ca: string }> {
  const { port, ca } = await secureMock();
  return { url: `https://127.0.0.1:${port}`, ca };
}
