import { describe, expect, it, vi } from 'vitest';
import { fakeConsole, own } from '../fake-console.ts';

const form = { ...own, 'content-type': 'application/x-www-form-urlencoded' };

type Answer = (path: string, signal: AbortSignal) => Promise<Response>;

function recorded(answer: Answer = async () => Response.json({ status: 'success' })) {
  const send = vi.fn((path: string, { signal }: { method: string; body?: string; signal: AbortSignal }) =>
    answer(path, signal),
  );
  return { send, app: fakeConsole({ sendToPrometheus: send }).app };
}

const hangs: Answer = (_path, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

const parameters = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('the route to the API of Prometheus', () => {
  it('sends a query with a time limit and a limit of series', async () => {
    const { app, send } = recorded();
    const body = new URLSearchParams({ query: 'up', timeout: '1h' }).toString();
    const response = await app.request('/api/prometheus/api/v1/query', {
      method: 'POST',
      headers: form,
      body,
    });
    expect(response.status).toBe(200);
    const [path, init] = send.mock.calls[0] ?? [];
    expect(path).toBe('/api/v1/query');
    expect(parameters(init?.body)).toEqual({ query: 'up', timeout: '10s', limit: '5000' });
  });

  it('keeps every value of a repeated parameter', async () => {
    const { app, send } = recorded();
    await app.request('/api/prometheus/api/v1/series?match[]=a&match[]=b', { headers: own });
    expect(new URLSearchParams(send.mock.calls[0]?.[1].body).getAll('match[]')).toEqual(['a', 'b']);
  });

  it.each([
    '/api/v1/admin/tsdb/delete_series',
    '/api/v1/write',
    '/-/quit',
    '/api/v1/label/../../admin/tsdb/snapshot/values',
    '/federate',
  ])('does not send a request for %s to Prometheus', async (path) => {
    const { app, send } = recorded();
    const response = await app.request(`/api/prometheus${path}`, { method: 'POST', headers: form });
    expect(response.status).toBe(404);
    expect(send).not.toHaveBeenCalled();
  });

  it('returns the error of Prometheus for a wrong query', async () => {
    const refusal = { status: 'error', errorType: 'bad_data', error: '1:3: parse error' };
    const { app } = recorded(async () => Response.json(refusal, { status: 400 }));
    const response = await app.request('/api/prometheus/api/v1/query?query=up%2B', { headers: own });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(refusal);
  });

  it('answers 502 when Prometheus refuses the connection', async () => {
    const { app } = recorded(() => Promise.reject(new Error('connect ECONNREFUSED')));
    const response = await app.request('/api/prometheus/api/v1/query?query=up', { headers: own });
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({
      detail: 'Prometheus or Thanos does not answer: connect ECONNREFUSED',
    });
  });

  it('answers 502 when Prometheus hangs', async () => {
    const { app } = recorded(hangs);
    const ask = () => app.request('/api/prometheus/api/v1/query?query=up', { headers: own });
    const first = await ask();
    expect(first.status).toBe(502);
    expect(await first.json()).toMatchObject({
      detail: 'Prometheus or Thanos does not answer: no answer within 2.5 s.',
    });
    expect((await ask()).status).toBe(502);
  });

  it('waits for a slow query if Prometheus answers a test request', async () => {
    const answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2700));
      return Response.json({ status: 'success' });
    };
    const { app, send } = recorded((path) =>
      path.endsWith('buildinfo') ? Promise.resolve(new Response()) : answer(),
    );
    const response = await app.request('/api/prometheus/api/v1/query?query=up', { headers: own });
    expect(response.status).toBe(200);
    expect(send.mock.calls.map(([path]) => path)).toEqual(['/api/v1/query', '/api/v1/status/buildinfo']);
  });

  it('returns the cause when the connection fails', async () => {
    const failed = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9090') });
    const { app } = recorded(() => Promise.reject(failed));
    const response = await app.request('/api/prometheus/api/v1/query?query=up', { headers: own });
    expect(await response.json()).toMatchObject({
      detail: 'Prometheus or Thanos does not answer: connect ECONNREFUSED 127.0.0.1:9090',
    });
  });

  it.each([
    ['0', '5000'],
    ['', '5000'],
    ['1000000', '5000'],
    ['7', '7'],
    ['many', 'many'],
  ])('limits the parameter `limit` to 5000: %j becomes %s', async (asked, sent) => {
    const { app, send } = recorded();
    await app.request(`/api/prometheus/api/v1/query?query=up&limit=${asked}`, { headers: own });
    expect(parameters(send.mock.calls[0]?.[1].body).limit).toBe(sent);
  });

  it('refuses an answer of more than 20 MiB', async () => {
    let bytes = 0;
    let isCancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => {
        bytes += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024));
        if (bytes > 100 * 1024 * 1024) controller.close();
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    const { app } = recorded(async () => new Response(endless));
    const response = await app.request('/api/prometheus/api/v1/query?query=up', { headers: own });
    expect(response.status).toBe(413);
    expect(isCancelled).toBe(true);
    expect(bytes).toBeLessThan(30 * 1024 * 1024);
  });
});
