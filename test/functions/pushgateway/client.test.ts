import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import {
  createPushgatewayClient,
  PushError,
  type PushgatewayOptions,
} from '../../../functions/pushgateway/client.ts';
import { deadPort, type MockAnswer, mockUpstream } from '../mock-upstream.ts';

const exposition = (text: string) => ({
  exposition: () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text }),
});
const metrics = exposition('# TYPE a gauge\na 1\n');
const group = { job: 'j' };

function client(url: string, options: Partial<PushgatewayOptions> = {}) {
  return createPushgatewayClient({ fetch: createNodeFetch(), url, timeoutMs: 2000, ...options });
}

/** Pushes to a mock Pushgateway that sends `answers` one by one. */
async function failure(answers: MockAnswer[], options: Partial<PushgatewayOptions> = {}) {
  const gateway = await mockUpstream(() => answers.shift() ?? {});
  const error = await client(gateway.url, options)
    .replace(group, metrics)
    .catch((thrown: unknown) => thrown);
  return { error: error as PushError | undefined, seen: gateway.seen };
}

describe('the Pushgateway client', () => {
  it('sends PUT for `replace`, POST for `add`, and DELETE for `remove`', async () => {
    const gateway = await mockUpstream(() => ({ status: 202 }));
    const pushgateway = client(`${gateway.url}/prefix/`);
    await pushgateway.replace(group, metrics);
    await pushgateway.add(group, metrics);
    await pushgateway.remove(group);
    expect(gateway.seen.map(({ method, url, body }) => [method, url, body.toString()])).toEqual([
      ['PUT', '/prefix/metrics/job/j', '# TYPE a gauge\na 1\n'],
      ['POST', '/prefix/metrics/job/j', '# TYPE a gauge\na 1\n'],
      ['DELETE', '/prefix/metrics/job/j', ''],
    ]);
    expect(gateway.seen[0]?.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('uses one connection for consecutive pushes', async () => {
    const gateway = await mockUpstream();
    const pushgateway = client(gateway.url);
    for (let i = 0; i < 5; i++) await pushgateway.replace(group, metrics);
    expect(new Set(gateway.seen.map(({ connection }) => connection)).size).toBe(1);
  });

  it('compresses a body that does not fit into one packet', async () => {
    const gateway = await mockUpstream();
    const long = `# TYPE a gauge\n${Array.from({ length: 200 }, (_, i) => `a{i="${i}"} ${i}`).join('\n')}\n`;
    await client(gateway.url).replace(group, exposition(long));
    expect(gateway.seen[0]?.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gateway.seen[0]?.body ?? '').toString()).toBe(long);
  });

  it('sends the user name and the password', async () => {
    const gateway = await mockUpstream();
    await client(gateway.url, { username: 'u', password: 'pä:ss' }).replace(group, metrics);
    const [scheme, credentials = ''] = gateway.seen[0]?.headers.authorization?.split(' ') ?? [];
    expect([scheme, Buffer.from(credentials, 'base64').toString()]).toEqual(['Basic', 'u:pä:ss']);
  });

  it('retries at most twice after a broken connection or a 5xx status', async () => {
    let retries = 0;
    const onRetry = () => {
      retries += 1;
    };
    const repaired = await failure(['reset', { status: 503 }, {}], { onRetry });
    expect([repaired.error, repaired.seen.length, retries]).toEqual([undefined, 3, 2]);
    const broken = await failure([{ status: 500 }, { status: 500 }, { status: 500, body: 'disk full' }, {}]);
    expect(broken.seen).toHaveLength(3);
    expect(broken.error).toMatchObject({
      outcome: 'unavailable',
      status: 500,
      message: 'the Pushgateway answered 500: disk full',
    });
  });

  it('waits at most 100 ms before attempt 2 and 200 ms before attempt 3', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const startedAt = performance.now();
      const times: number[] = [];
      const push = client('http://pushgateway.invalid', {
        fetch: () => {
          times.push(performance.now() - startedAt);
          return Promise.reject(new Error('away'));
        },
      }).replace(group, metrics);
      const failed = expect(push).rejects.toMatchObject({ outcome: 'unavailable' });
      await vi.advanceTimersByTimeAsync(1000);
      await failed;
      const [first, second = 0, third = 0, ...others] = times;
      expect([first, others]).toEqual([0, []]);
      expect(second).toSatisfy((wait) => wait >= 50 && wait <= 100);
      expect(third - second).toSatisfy((wait) => wait >= 100 && wait <= 200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('reports the last answer if no time is left for another attempt', async () => {
    const { error, seen } = await failure(
      Array.from({ length: 50 }, () => ({ status: 503, body: 'starting' })),
      { timeoutMs: 250, maxAttempts: 50 },
    );
    expect(seen.length).toBeLessThan(5);
    expect(error).toMatchObject({ outcome: 'unavailable', status: 503 });
  });

  it.each([
    [400, 'pushed metrics are invalid'],
    [401, ''],
    [413, 'too large'],
  ])('does not retry after status %i', async (status, body) => {
    const { error, seen } = await failure([{ status, body }]);
    expect(seen).toHaveLength(1);
    expect(error).toMatchObject({ outcome: 'rejected', status });
    expect(error?.message).toContain(body || 'no reason given');
  });

  it('treats a redirect as a failure', async () => {
    const other = await mockUpstream();
    const { error } = await failure([{ status: 307, headers: { location: other.url } }]);
    expect(error).toMatchObject({ outcome: 'rejected', status: 307 });
    expect(other.seen).toEqual([]);
  });

  it('stops at the deadline, even if retries remain', async () => {
    const hanging = await failure(['hang'], { timeoutMs: 30 });
    expect(hanging.error).toMatchObject({
      outcome: 'timeout',
      message: 'the Pushgateway did not answer within 30 ms',
    });
    const { error } = await failure(['reset', 'reset', 'reset'], { timeoutMs: 40 });
    expect(error).toBeInstanceOf(PushError);
  });

  it('reports a refused connection', async () => {
    const error = await client(await deadPort())
      .replace(group, metrics)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ outcome: 'unavailable', status: undefined });
    expect((error as Error).message).toContain('ECONNREFUSED');
  });

  it('does not copy a very long response body into its error', async () => {
    const { error } = await failure([{ status: 400, body: 'x'.repeat(10_000) }]);
    expect(error?.message).toBe('the Pushgateway answered 400: the reason is too long for this message');
  });
});
