import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { Agent, get as httpGet, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listen, open } from '../../../functions/adapters/node/index.ts';
import { batchPusher } from '../../../functions/batch-pusher/index.ts';
import type { FunctionDefinition } from '../../../functions/function.ts';
import { errorHandler } from '../../../functions/http/error-handler.ts';
import { httpConformance } from './conformance.ts';
import type { Answer, HostUnderTest, RequestSpec } from './host.ts';
import '../quiet.ts';

function send(
  base: string,
  { method = 'GET', path, headers = [], body, chunks }: RequestSpec,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const names = [...new Set(headers.map(([name]) => name))];
    const grouped = names.map((name) => [
      name,
      headers.filter(([n]) => n === name).map(([, value]) => value),
    ]);
    const request = httpRequest(base + path, { method, headers: Object.fromEntries(grouped) }, (response) => {
      const received: Buffer[] = [];
      response.on('data', (chunk: Buffer) => received.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headersDistinct as Answer['headers'],
          body: Buffer.concat(received),
        }),
      );
    });
    request.on('error', reject);
    for (const chunk of chunks ?? []) request.write(chunk);
    request.end(body);
  });
}

const node: HostUnderTest = {
  name: 'node',
  async open(definition, env) {
    const server = await open(definition, { PORT: '0', ...env });
    onTestFinished(() => server.close());
    return { request: (spec) => send(server.url, spec) };
  },
};

httpConformance(node);

describe('node: the server', () => {
  async function serving(app: Hono, limits: object = {}) {
    const server = await listen(app.fetch, { host: '127.0.0.1', port: 0, ...limits });
    onTestFinished(() => server.close());
    return server;
  }

  function raw(port: number, bytes: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('close', () => resolve(received));
      socket.on('error', () => undefined);
      socket.end(bytes);
    });
  }

  it('does not start on a port that is in use', async () => {
    const { port } = await serving(new Hono());
    await expect(listen(new Hono().fetch, { host: '127.0.0.1', port })).rejects.toThrow(
      `cannot listen on 127.0.0.1:${port}: the port is in use. Stop the program that listens there, or set PORT to another port`,
    );
  });

  it('aborts the handler’s signal when the client disconnects', async () => {
    const app = new Hono();
    const aborted = new Promise<void>((resolve) => {
      app.get('/slow', (c) => {
        const { signal } = c.req.raw;
        return new Promise<Response>((answer) => {
          signal.addEventListener('abort', () => {
            resolve();
            answer(c.text('too late'));
          });
        });
      });
    });
    const { port } = await serving(app);
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
      setImmediate(() => socket.destroy());
    });
    await aborted;
  });

  it('finishes a request in progress while the server closes', async () => {
    const app = new Hono();
    let finish = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      app.get('/slow', async (c) => {
        resolve();
        await new Promise<void>((done) => {
          finish = done;
        });
        return c.text('finished');
      });
    });
    const server = await serving(app);
    const answer = send(server.url, { path: '/slow' });
    await started;
    const closed = server.close();
    await expect(send(server.url, { path: '/slow' })).rejects.toThrow('ECONNREFUSED');
    finish();
    expect((await answer).body.toString()).toBe('finished');
    await closed;
  });

  function caller(url: string): () => Promise<string> {
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    return () =>
      new Promise((resolve, reject) => {
        httpGet(url, { agent }, (response) => {
          response
            .setEncoding('utf8')
            .on('data', (body) => resolve(`${body}, ${response.headers.connection}`));
        }).on('error', reject);
      });
  }

  it('answers every request during the drain', async () => {
    const server = await serving(new Hono().get('/', (c) => c.text('hello')));
    const call = caller(server.url);
    expect(await call()).toBe('hello, keep-alive');
    let drained = false;
    const draining = server.drain(200).then(() => {
      drained = true;
    });
    const answers: string[] = [];
    while (!drained) answers.push(await call());
    await draining;
    expect(answers.length).toBeGreaterThan(1);
    expect(new Set(answers)).toEqual(new Set(['hello, close']));
  });

  it('drains for DRAIN_SECONDS, then closes and ends the background work', async () => {
    let work = 'working';
    const definition: FunctionDefinition = {
      name: 'drained',
      defaultPort: 0,
      create: () => ({
        app: new Hono().get('/', (c) => c.text(work)),
        stop: async () => {
          work = 'ended';
        },
      }),
    };
    const server = await open(definition, { PORT: '0', DRAIN_SECONDS: '1' });
    const call = caller(server.url);
    const closing = server.close();
    expect(await call()).toBe('working, close');
    await closing;
    expect(work).toBe('ended');
    await expect(call()).rejects.toThrow('ECONNREFUSED');
  });

  it('rejects a DRAIN_SECONDS that is not a number', async () => {
    await expect(open(batchPusher, { PORT: '0', DRAIN_SECONDS: 'soon' })).rejects.toThrow(
      'DRAIN_SECONDS: expected a number of seconds from 0 to 300, got "soon". Set a valid value, or unset it to use 0.',
    );
  });

  it('closes the connection of a request that exceeds the grace period', async () => {
    const app = new Hono();
    const started = new Promise<void>((resolve) => {
      app.get('/never', () => {
        resolve();
        return new Promise<Response>(() => undefined);
      });
    });
    const server = await serving(app, { closeGraceMs: 10 });
    const answer = send(server.url, { path: '/never' });
    const cut = expect(answer).rejects.toThrow('socket hang up');
    await started;
    await server.close();
    await cut;
  });

  it('refuses a body that exceeds the limit', async () => {
    const app = new Hono();
    app.post('/', async (c) => c.text(String((await c.req.text()).length)));
    app.onError(errorHandler(() => undefined));
    const server = await serving(app, { maxBodyBytes: 1000 });
    const filler = 'x'.repeat(2000);
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n';
    const announced = await raw(server.port, `${head}Content-Length: 2000\r\n\r\n${filler}`);
    expect(announced).toMatch(/^HTTP\/1\.1 413/);
    expect(announced).toContain('Connection: close');
    const chunked = await raw(
      server.port,
      `${head}Transfer-Encoding: chunked\r\n\r\n7d0\r\n${filler}\r\n0\r\n\r\n`,
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 413/);
  });

  it('refuses a Content-Length above the limit, and does not call the app', async () => {
    const handler = vi.fn(() => new Response('answered without reading'));
    const server = await listen(handler, { host: '127.0.0.1', port: 0, maxBodyBytes: 1000 });
    onTestFinished(() => server.close());
    const post = (bytes: number) => send(server.url, { method: 'POST', path: '/', body: 'x'.repeat(bytes) });
    expect((await post(1000)).status).toBe(200);
    const { status, headers } = await post(1001);
    expect([status, headers['content-type']]).toEqual([413, ['application/problem+json']]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('refuses an endless chunked body', async () => {
    const app = new Hono().post('/', async (c) => c.text(await c.req.text()));
    app.onError(errorHandler(() => undefined));
    const server = await serving(app, { maxBodyBytes: 1000 });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
    const sender = setInterval(() => socket.write(`64\r\n${'x'.repeat(100)}\r\n`), 1);
    onTestFinished(() => clearInterval(sender));
    const received = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
    expect(received).toMatch(/^HTTP\/1\.1 413/);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('secret detail'))],
    [
      'throws',
      () => {
        throw new Error('secret detail');
      },
    ],
  ])('answers with a problem document without details if the handler %s', async (_, handler) => {
    const server = await listen(handler, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    const { status, headers, body } = await send(server.url, { path: '/' });
    expect([status, headers['content-type']]).toEqual([500, ['application/problem+json']]);
    expect(body.toString()).not.toContain('secret detail');
  });

  it.each([
    ['before its first part', 0],
    ['after its first part', 1],
  ])('sends no error details if the stream of the response body fails %s', async (_, parts) => {
    let sent = 0;
    const body = () =>
      new ReadableStream({
        pull(controller) {
          if (sent++ < parts) controller.enqueue(new TextEncoder().encode('first part'));
          else controller.error(new Error('secret detail'));
        },
      });
    const reported = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => reported.mockRestore());
    const server = await serving(new Hono().get('/', () => new Response(body())));
    const answer = await raw(server.port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(sent).toBe(parts + 1);
    expect(answer).not.toContain('secret detail');
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
  });

  it.each(['*', 'http://localhost/', 'http://evil.example/'])(
    'sends a problem document for a request with the target %s',
    async (target) => {
      const server = await serving(new Hono().all('*', (c) => c.text('ok')));
      const answer = await raw(
        server.port,
        `OPTIONS ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400/);
      expect(answer).toContain('application/problem+json');
    },
  );

  it('answers an HTTP/1.0 request that has no Host header', async () => {
    const server = await serving(new Hono().get('/', (c) => c.text(c.req.url)));
    expect(await raw(server.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/\r\n\r\nhttp:\/\/localhost\/$/);
  });

  it('refuses a request whose headers are larger than maxHeaderBytes', async () => {
    const server = await serving(new Hono(), { maxHeaderBytes: 1000 });
    const answer = await raw(
      server.port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(2000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  it('closes the connection of a slow sender', async () => {
    const server = await serving(new Hono(), { requestTimeoutMs: 50 });
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: localhost\r\n'),
    );
    const received = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(received).toMatch(/^HTTP\/1\.1 408/);
  });

  it('allows ten seconds for the headers and thirty seconds for the whole request', async () => {
    const server = await serving(new Hono());
    const started = new Promise<Server>((resolve) => {
      const channel = 'http.server.request.start';
      const listener = (message: unknown) => {
        const { server: found, request } = message as { server: Server; request: IncomingMessage };
        if (request.socket.localPort !== server.port) return;
        unsubscribe(channel, listener);
        resolve(found);
      };
      subscribe(channel, listener);
    });
    await send(server.url, { path: '/' });
    const { headersTimeout, requestTimeout } = await started;
    expect([headersTimeout, requestTimeout]).toEqual([10_000, 30_000]);
  });

  it('closes each connection above the maximum without an answer', async () => {
    const app = new Hono().get('/', (c) => c.text('ok'));
    const server = await serving(app, { maxConnections: 2 });
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n';
    const kept = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
    for (const socket of kept) {
      socket.write(`${request}\r\n`);
      await once(socket, 'data');
    }
    const another = () => raw(server.port, `${request}Connection: close\r\n\r\n`);
    expect(await another()).toBe('');
    kept[0]?.destroy();
    await vi.waitUntil(async () => (await another()).startsWith('HTTP/1.1 200'));
    kept[1]?.destroy();
  });

  it.each([
    ['another name', 'evil.example', 421],
    ['a name with a space', 'a b', 400],
    ['a name with a user', 'localhost@evil.example', 400],
    ['an invalid address', '127.0.0.999', 400],
    ['an invalid port', 'localhost:65536', 400],
    ['its own name', 'localhost', 404],
    ['its own address', '127.0.0.1:80', 404],
  ])('checks the Host header: %s (%s) gets status %i', async (_, host, status) => {
    const server = await serving(new Hono());
    const answer = await raw(server.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`));
  });

  it('checks the Host header of every request on a connection', async () => {
    const server = await serving(new Hono());
    const request = (host: string) => `GET / HTTP/1.1\r\nHost: ${host}\r\n`;
    const own = request('localhost');
    const answers = await raw(
      server.port,
      `${own}\r\n${request('evil.example')}\r\n${own}\r\n${request('evil.example')}Connection: close\r\n\r\n`,
    );
    expect(answers.match(/HTTP\/1\.1 \d{3}/g)).toEqual(
      [404, 421, 404, 421].map((status) => `HTTP/1.1 ${status}`),
    );
  });

  it('keeps a connection open for the next request', async () => {
    const app = new Hono();
    app.get('/', (c) => c.text('ok'));
    const server = await serving(app);
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n';
    const answers = await raw(server.port, `${request}\r\n${request}\r\n${request}Connection: close\r\n\r\n`);
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
  });

  it.each([
    ['logs a warning on 0.0.0.0 if API_TOKEN is not set', '0.0.0.0', {}, 1],
    ['logs no warning on 0.0.0.0 if API_TOKEN is set', '0.0.0.0', { API_TOKEN: 'a-token-of-sixteen' }, 0],
    ['logs no warning on 127.0.0.1 if API_TOKEN is not set', '127.0.0.1', {}, 0],
  ])('%s', async (_, HOST, env, times) => {
    const logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true).mockClear();
    const pushgateway = { PUSHGATEWAY_URL: 'http://127.0.0.1:9' };
    const server = await open(batchPusher, { PORT: '0', HOST, ...pushgateway, ...env });
    onTestFinished(() => server.close());
    const warnings = logged.mock.calls.filter(([line]) => /"warn".*set API_TOKEN/.test(String(line)));
    expect(warnings).toHaveLength(times);
  });

  it('does not run a request that is hidden in the body of another request', async () => {
    const app = new Hono();
    app.post('/', (c) => c.text('unread'));
    app.get('/smuggled', (c) => c.text('smuggled'));
    const server = await serving(app);
    const body = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const answer = await raw(
      server.port,
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(answer).not.toContain('smuggled');
  });
});
