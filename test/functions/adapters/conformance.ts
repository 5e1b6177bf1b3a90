import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { batchPusher } from '../../../functions/batch-pusher/index.ts';
import { usdtExporter } from '../../../functions/usdt-exporter/index.ts';
import { deadPort, mockUpstream, offers } from '../mock-upstream.ts';
import { secureMock } from '../secure-mock.ts';
import type { Answer, HostUnderTest, RequestSpec } from './host.ts';
import { probe } from './probe.ts';

const json = [['content-type', 'application/json']] as const;
const report = {
  grouping: { dag_id: 'nightly', path: 'a/b', none: '' },
  status: 'success',
  durationSeconds: 1.5,
  recordsProcessed: 9,
  etl: { extracted: 10, transformed: 9, loaded: 9 },
};

async function opener(
  host: HostUnderTest,
  definition: typeof probe,
  env: Readonly<Record<string, string>> = {},
) {
  const { request } = await host.open(definition, env);
  if (!request) throw new Error(`${host.name} has no requests`);
  return request;
}

/** Repeats a request until the expected answer arrives, because background work takes some time. */
async function until(request: () => Promise<Answer>, wished: (answer: Answer) => boolean): Promise<Answer> {
  for (let i = 0; ; i++) {
    const answer = await request();
    if (wished(answer) || i > 500) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function httpConformance(host: HostUnderTest): void {
  describe(`${host.name}: the adapter`, () => {
    it('passes binary bodies of requests and answers unchanged', async () => {
      const request = await opener(host, probe);
      const bytes = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);
      const answer = await request({ method: 'POST', path: '/echo', body: bytes });
      expect(answer.status).toBe(200);
      expect(answer.body.equals(bytes)).toBe(true);
    });

    it('accepts a request body that arrives in several chunks', async () => {
      const request = await opener(host, probe);
      const chunks = Array.from({ length: 20 }, (_, i) => Buffer.from(`piece ${i} ñ;`));
      const answer = await request({
        method: 'POST',
        path: '/echo',
        chunks,
        headers: [['content-type', 'text/plain']],
      });
      expect(answer.body.toString()).toBe(Buffer.concat(chunks).toString());
    });

    it('returns every line of a streamed answer', async () => {
      const request = await opener(host, probe);
      const answer = await request({ path: '/stream' });
      expect(answer.body.toString().trimEnd().split('\n')).toHaveLength(100);
    });

    it('joins the values of a request header that is repeated', async () => {
      const request = await opener(host, probe);
      const answer = await request({
        path: '/seen/headers',
        headers: [
          ['accept', 'text/plain'],
          ['accept', 'text/html'],
        ],
      });
      expect(JSON.parse(answer.body.toString()).headers.accept).toBe('text/plain, text/html');
    });

    it('sends two cookies in two separate headers', async () => {
      const request = await opener(host, probe);
      const { headers } = await request({ path: '/cookies' });
      expect(headers['set-cookie']).toHaveLength(2);
      expect(headers['set-cookie']?.[0]).toMatch(/^a=1; Path=\/; HttpOnly$/);
      expect(headers['set-cookie']?.[1]).toMatch(/^b=2; Path=\/; SameSite=Strict$/);
    });

    const path = host.decodesSlashes ? '/seen/a/b%20c' : '/seen/a%2Fb%20c';
    it(`keeps the URL query, and passes the path /seen/a%2Fb%20c as ${path}`, async () => {
      const request = await opener(host, probe);
      const answer = await request({ path: '/seen/a%2Fb%20c?q=%C3%A9&q=2' });
      const seen = JSON.parse(answer.body.toString());
      expect(new URL(seen.url).pathname).toBe(path);
      expect(new URL(seen.url).searchParams.getAll('q')).toEqual(['é', '2']);
    });

    it('sends no body for a HEAD request or with status 204', async () => {
      const request = await opener(host, probe);
      const head = await request({ method: 'HEAD', path: '/seen/x' });
      expect([head.status, head.body.length]).toEqual([200, 0]);
      const nothing = await request({ path: '/nothing' });
      expect([nothing.status, nothing.body.length]).toEqual([204, 0]);
    });

    it('sends no error details in the problem document of a failed request', async () => {
      const request = await opener(host, probe);
      const failed = await request({ path: '/throws' });
      expect(failed.status).toBe(500);
      expect(failed.headers['content-type']).toEqual(['application/problem+json']);
      expect(failed.body.toString()).not.toContain('secret detail');
      expect((await request({ path: '/missing' })).status).toBe(404);
    });

    it('answers a request after the response stream of the previous request failed', async () => {
      const request = await opener(host, probe);
      await request({ path: '/broken-stream' }).catch(() => undefined);
      expect((await request({ path: '/nothing' })).status).toBe(204);
    });
  });

  describe(`${host.name}: the USDT exporter`, () => {
    const open = async (env: Readonly<Record<string, string>> = {}) => {
      const upstream = await mockUpstream(() => ({ body: offers([26310, 26320, 26330]) }));
      const request = await opener(host, usdtExporter, { USDT_UPSTREAM_URL: upstream.url, ...env });
      const scrape = (headers: RequestSpec['headers'] = []) => request({ path: '/metrics', headers });
      return { upstream, request, scrape };
    };

    it('is alive immediately, and is ready after the first refresh', async () => {
      const { request } = await open();
      expect((await request({ path: '/healthz' })).status).toBe(200);
      const ready = await until(
        () => request({ path: '/readyz' }),
        ({ status }) => status === 200,
      );
      expect(ready.status).toBe(200);
    });

    it('exposes the median exchange rate and the time of the last refresh', async () => {
      const { scrape } = await open();
      const answer = await until(scrape, ({ body }) => body.includes('\nusdt_vnd_rate '));
      const text = answer.body.toString();
      expect(answer.headers['content-type']).toEqual(['text/plain; version=0.0.4; charset=utf-8']);
      expect(text).toContain('\nusdt_vnd_rate 26320\n');
      expect(text).toMatch(/\nusdt_vnd_last_update \d{10}/);
      expect(text).toContain('usdt_vnd_fetch_errors_total{side="buy",reason="timeout"} 0');
    });

    it('exposes the error but no rate while the upstream is down', async () => {
      const { scrape } = await open({ USDT_UPSTREAM_URL: await deadPort() });
      const failed = 'usdt_vnd_fetch_errors_total{side="buy",reason="network"} 1';
      const text = (await until(scrape, ({ body }) => body.includes(failed))).body.toString();
      expect(text).toContain(failed);
      expect(text).toContain('\nusdt_vnd_up 0\n');
      expect(text).not.toContain('\nusdt_vnd_rate ');
    });

    it('supports OpenMetrics, gzip and status 304', async () => {
      const { scrape } = await open();
      await until(scrape, ({ body }) => body.includes('\nusdt_vnd_rate '));
      const openMetrics = await scrape([
        ['accept', 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5'],
      ]);
      expect(openMetrics.headers['content-type']?.[0]).toContain('openmetrics-text');
      expect(openMetrics.body.toString()).toMatch(/\n# EOF\n$/);
      const zipped = await scrape([['accept-encoding', 'gzip']]);
      expect(zipped.headers['content-encoding']).toEqual(['gzip']);
      expect(gunzipSync(zipped.body).toString()).toContain('usdt_vnd_rate 26320');
      const known = await until(
        async () => {
          const { headers } = await scrape();
          return scrape([['if-none-match', headers.etag?.[0] ?? '']]);
        },
        ({ status }) => status === 304,
      );
      expect([known.status, known.body.length]).toEqual([304, 0]);
    });
  });

  describe(`${host.name}: the batch-pusher`, () => {
    const open = async (env: Readonly<Record<string, string>> = {}) => {
      const gateway = await mockUpstream();
      const request = await opener(host, batchPusher, { PUSHGATEWAY_URL: gateway.url, ...env });
      const post = (path: string, body: unknown, headers: RequestSpec['headers'] = []) =>
        request({
          method: 'POST',
          path,
          headers: [...json, ...headers],
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      return { gateway, request, post };
    };

    it('replaces the pushed group only if the job reports a success', async () => {
      const { gateway, post } = await open();
      expect((await post('/batches/my_job', report)).status).toBe(200);
      expect((await post('/batches/my_job', { status: 'failure', grouping: report.grouping })).status).toBe(
        200,
      );
      const path = '/metrics/job/my_job/dag_id/nightly/path@base64/YS9i';
      expect(gateway.seen.map(({ method, url }) => [method, url])).toEqual([
        ['PUT', path],
        ['POST', path],
      ]);
      expect(gateway.seen[0]?.body.toString()).toContain('\nairflow_data_processing_records_total 9\n');
      expect(gateway.seen[1]?.body.toString()).toContain('\nairflow_data_processing_success 0\n');
      expect(gateway.seen[1]?.body.toString()).not.toContain('airflow_data_processing_records_total');
    });

    it('runs the ETL if the request has no body, and pushes the report', async () => {
      const { gateway, request } = await open();
      const answer = await request({ method: 'POST', path: '/etl/runs' });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body.toString())).toMatchObject({ pushed: true, etl: { extracted: 1000 } });
      expect(gateway.seen[0]?.url).toBe('/metrics/job/airflow_etl/dag_id/prometheus_metrics_dag');
    });

    it.each([
      ['a body that is not JSON', '{', 400],
      ['a body that does not fit the schema', { status: 'success' }, 422],
      ['a body above the limit', JSON.stringify({ ...report, filler: 'x'.repeat(70_000) }), 413],
    ])('refuses %s with a problem document', async (_, body, status) => {
      const { gateway, post } = await open();
      const answer = await post('/batches/my_job', body);
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toEqual(['application/problem+json']);
      expect(gateway.seen).toEqual([]);
    });

    it('refuses a body whose type is not JSON', async () => {
      const { request, post } = await open({ API_TOKEN: 'a-token-of-enough-length' });
      expect((await post('/batches/my_job', report)).status).toBe(401);
      const authorization = ['authorization', 'Bearer a-token-of-enough-length'] as const;
      const typed = await request({
        method: 'POST',
        path: '/batches/my_job',
        headers: [['content-type', 'text/plain'], authorization],
        body: JSON.stringify(report),
      });
      expect(typed.status).toBe(415);
      expect((await post('/batches/my_job', report, [authorization])).status).toBe(200);
    });

    it('accepts a job name with an encoded slash in the query', async () => {
      const { gateway, post } = await open();
      const answer = await post('/batches?job=team%2Fnightly%20%C3%A9', { status: 'failure' });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body.toString())).toMatchObject({ job: 'team/nightly é' });
      const encoded = Buffer.from('team/nightly é').toString('base64url');
      expect(gateway.seen[0]?.url).toBe(`/metrics/job@base64/${encoded}`);
    });

    it(`${host.decodesSlashes ? 'refuses' : 'accepts'} a job name with an encoded slash in the path`, async () => {
      const { gateway, post } = await open();
      const answer = await post('/batches/team%2Fnightly', { status: 'failure' });
      if (host.decodesSlashes) {
        expect(answer.status).toBe(404);
        expect(JSON.parse(answer.body.toString()).detail).toContain('/batches?job=');
        expect(gateway.seen).toEqual([]);
      } else expect(gateway.seen[0]?.url).toBe('/metrics/job@base64/dGVhbS9uaWdodGx5');
    });

    const zipped = (body: string | Uint8Array, coding: string): RequestSpec => ({
      method: 'POST',
      path: '/batches/my_job',
      headers: [...json, ['content-encoding', coding]],
      body,
    });

    it('reads a body that is compressed with gzip', async () => {
      const { gateway, request } = await open();
      const body = gzipSync(JSON.stringify(report));
      expect((await request(zipped(body, 'gzip'))).status).toBe(200);
      const { method, path, headers = [] } = zipped(body, 'gzip');
      const pieces = [body.subarray(0, 9), body.subarray(9)];
      expect((await request({ method: method as string, path, headers, chunks: pieces })).status).toBe(200);
      expect(gateway.seen).toHaveLength(2);
      expect(gateway.seen[1]?.body.toString()).toContain('\nairflow_data_processing_records_total 9\n');
    });

    it('refuses a gzip body that is too large after decompression', async () => {
      const { gateway, request } = await open();
      const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, ' '));
      expect(bomb.length).toBeLessThan(64 * 1024);
      expect((await request(zipped(bomb, 'gzip'))).status).toBe(413);
      expect((await request(zipped(JSON.stringify(report), 'gzip'))).status).toBe(400);
      const half = gzipSync(JSON.stringify(report)).subarray(0, 60);
      expect((await request(zipped(half, 'gzip'))).status).toBe(400);
      expect(gateway.seen).toEqual([]);
    });

    it.each(['br', 'deflate', 'gzip, gzip', 'zstd'])(
      'refuses a body with the encoding %s',
      async (coding) => {
        const { gateway, request } = await open();
        const answer = await request(zipped(brotliCompressSync(JSON.stringify(report)), coding));
        expect(answer.status).toBe(415);
        expect(answer.headers['accept-encoding']).toEqual(['gzip']);
        expect(gateway.seen).toEqual([]);
      },
    );

    it('trusts both PUSHGATEWAY_CA_FILE and NODE_EXTRA_CA_CERTS', async () => {
      const [extra, given] = [await secureMock(), await secureMock()];
      for (const { port } of [extra, given]) {
        const { post } = await open({
          PUSHGATEWAY_URL: `https://127.0.0.1:${port}`,
          PUSHGATEWAY_CA_FILE: given.caFile,
          NODE_EXTRA_CA_CERTS: extra.caFile,
        });
        expect((await post('/batches/my_job', report)).status).toBe(200);
      }
    });

    it('answers 502 if the Pushgateway refuses, and 503 if it is down', async () => {
      const { gateway, post } = await open();
      gateway.answer = () => ({ status: 400, body: 'inconsistent' });
      const refused = await post('/batches/my_job', report);
      expect(refused.status).toBe(502);
      expect(JSON.parse(refused.body.toString()).detail).toContain('inconsistent');
      await gateway.close();
      expect((await post('/batches/my_job', report)).status).toBe(503);
    });

    it('pushes once for two requests with the same idempotency key', async () => {
      const { gateway, post } = await open();
      const key = [['idempotency-key', 'run-1']] as const;
      await post('/batches/my_job', report, key);
      const again = await post('/batches/my_job', report, key);
      expect(again.headers['idempotency-replayed']).toEqual(['true']);
      expect(gateway.seen).toHaveLength(1);
    });
  });
}

export function taskConformance(host: HostUnderTest): void {
  const opened = async (definition: typeof probe, env: Readonly<Record<string, string>>) => {
    const { runTask } = await host.open(definition, env);
    if (!runTask) throw new Error(`${host.name} has no tasks`);
    return runTask;
  };

  describe(`${host.name}: a task`, () => {
    it('throws an error if the work fails', async () => {
      await (await opened(probe, {}))();
      await expect((await opened(probe, { OUTCOME: 'failed' }))()).rejects.toThrow();
      await expect((await opened(probe, { OUTCOME: 'temporary' }))()).rejects.toThrow();
    });

    it('pushes the current rate of the USDT exporter', async () => {
      const upstream = await mockUpstream(() => ({ body: offers([26310, 26320, 26330]) }));
      const gateway = await mockUpstream();
      const env = { USDT_UPSTREAM_URL: upstream.url, PUSHGATEWAY_URL: gateway.url };
      await (await opened(usdtExporter, env))();
      expect(gateway.seen.map(({ method, url }) => [method, url])).toEqual([
        ['PUT', '/metrics/job/usdt-exporter'],
      ]);
      expect(gateway.seen[0]?.body.toString()).toContain('\nusdt_vnd_rate 26320\n');
    });

    it('pushes `usdt_vnd_up 0` if the USDT exporter reads no rate', async () => {
      const gateway = await mockUpstream();
      const env = { USDT_UPSTREAM_URL: await deadPort(), PUSHGATEWAY_URL: gateway.url };
      await expect((await opened(usdtExporter, env))()).rejects.toThrow();
      expect(gateway.seen.map(({ method }) => method)).toEqual(['POST']);
      expect(gateway.seen[0]?.body.toString()).toMatch(/\nusdt_vnd_up 0\n$/);
    });

    it('runs the ETL of the batch-pusher, and pushes the report', async () => {
      const gateway = await mockUpstream();
      await (await opened(batchPusher, { PUSHGATEWAY_URL: gateway.url, ETL_RECORDS: '70' }))();
      const failing = await opened(batchPusher, { PUSHGATEWAY_URL: gateway.url, ETL_FAIL_AT: 'transform' });
      await expect(failing()).rejects.toThrow();
      expect(gateway.seen.map(({ method }) => method)).toEqual(['PUT', 'POST']);
      expect(gateway.seen[0]?.body.toString()).toContain('\nairflow_etl_load_records 60\n');
      expect(gateway.seen[1]?.body.toString()).toContain('\nairflow_data_processing_success 0\n');
    });
  });
}
