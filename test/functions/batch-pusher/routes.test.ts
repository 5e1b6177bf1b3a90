import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { docsPage } from '../../../functions/batch-pusher/docs-page.ts';
import { openApiDocument } from '../../../functions/batch-pusher/openapi.ts';
import { pusherRoutes } from '../../../functions/batch-pusher/routes.ts';
import { Runs } from '../../../functions/batch-pusher/runs.ts';
import { systemClock } from '../../../functions/clock.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { createPushgatewayClient } from '../../../functions/pushgateway/client.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { createRegistry } from '../../../metrics/registry.ts';
import { type MockUpstream, mockUpstream, type SeenRequest } from '../mock-upstream.ts';

const report = {
  status: 'success',
  durationSeconds: 1.5,
  recordsProcessed: 9,
  etl: { extracted: 10, transformed: 9, loaded: 9 },
};

const bodyText = ({ headers, body }: SeenRequest): string =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();

async function opened(answer?: MockUpstream['answer'], timeoutMs = 5000, etlPeriodSeconds?: number) {
  const gateway = await mockUpstream(answer);
  const registry = createRegistry(batchPusherMetrics);
  const pushgateway = createPushgatewayClient({ fetch: createNodeFetch(), url: gateway.url, timeoutMs });
  const runs = new Runs({ metrics: registry.metrics, pushgateway, clock: systemClock, etlPeriodSeconds });
  const app = pusherRoutes({
    registry,
    runs,
    clock: systemClock,
    log: () => undefined,
    tokens: [],
    requestsPerSecond: 1000,
  });
  const post = async (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    await app.request(path, {
      method: 'POST',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const exposed = async () => (await app.request('/metrics')).text();
  return { gateway, runs, app, post, exposed };
}

describe('a batch report', () => {
  it.each([
    ['no counts', { ...report, etl: undefined }, '/etl'],
    ['a negative count', { ...report, recordsProcessed: -1 }, '/recordsProcessed'],
    ['a fraction as a count', { ...report, recordsProcessed: 1.5 }, '/recordsProcessed'],
    ['an unknown field', { ...report, records: 1 }, ''],
    ['an invalid label name', { ...report, grouping: { 'a-b': 'x' } }, '/grouping/a-b'],
    ['the label `__name__`', { ...report, grouping: { __name__: 'x' } }, '/grouping/__name__'],
    ['the label `namespace`', { ...report, grouping: { namespace: 'x' } }, '/grouping/namespace'],
    ['a period of zero seconds', { ...report, periodSeconds: 0 }, '/periodSeconds'],
    ['a period longer than a year', { ...report, periodSeconds: 1e8 }, '/periodSeconds'],
    ['a second job', { ...report, grouping: { job: 'x' } }, '/grouping/job'],
    ['half of a surrogate pair', { ...report, grouping: { a: '\ud800' } }, '/grouping/a'],
    ['an unknown status', { ...report, status: 'maybe' }, '/status'],
  ])('is refused if it has %s', async (_, body, pointer) => {
    const { post, gateway, exposed } = await opened();
    const answer = await post('/batches/j', body);
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(gateway.seen).toEqual([]);
    expect(await exposed()).toContain('batch_pusher_requests_refused_total{reason="invalid"} 1');
  });

  it('is refused with an error that lists the reserved labels', async () => {
    const { post } = await opened();
    const answer = await post('/batches/j', { ...report, grouping: { cluster: 'x' } });
    const { errors } = (await answer.json()) as { errors: { detail: string }[] };
    expect(errors[0]?.detail).toMatch(/Reserved names: job, cluster, .*Rename the label/);
  });

  it('is pushed without its empty labels', async () => {
    const { post, gateway } = await opened();
    const answer = await post('/batches/j', { ...report, grouping: { z: '1', instance: '', a: '2' } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ pushed: true, grouping: { a: '2', z: '1' } });
    expect(gateway.seen[0]?.url).toBe('/metrics/job/j/a/2/z/1');
  });

  it.each(['success', 'failure'])(
    'sets the period metric from `periodSeconds` after a %s',
    async (status) => {
      const { post, gateway } = await opened();
      const body = status === 'success' ? report : { status };
      await post('/batches/j', { ...body, periodSeconds: 86_400 });
      await post('/batches/j', body);
      const [given, missing] = gateway.seen.map(bodyText);
      expect(given).toContain('\nairflow_data_processing_period_seconds 86400\n');
      expect(missing).not.toContain('period');
    },
  );

  it('sets only the result and the duration if the status is `failure`', async () => {
    const { post, gateway } = await opened();
    await post('/batches/j', { ...report, status: 'failure' });
    const names = gateway.seen[0]?.body.toString().match(/^airflow_\w+/gm);
    expect(names).toEqual(['airflow_data_processing_duration_seconds', 'airflow_data_processing_success']);
  });

  it('is answered with status 504 if the Pushgateway sends no response', async () => {
    const { post, exposed } = await opened(() => 'hang', 50);
    const answer = await post('/batches/j', report);
    expect(answer.status).toBe(504);
    expect(await answer.json()).not.toHaveProperty('pushed');
    expect(await exposed()).toContain('batch_pusher_pushes_total{outcome="timeout"} 1');
  });

  it('is accepted if the name of its job has at most 256 characters', async () => {
    const { post, gateway } = await opened();
    expect((await post('/batches/%2F%20%C3%A9', report)).status).toBe(200);
    expect(gateway.seen[0]?.url).toBe('/metrics/job@base64/LyDDqQ');
    expect((await post(`/batches/${'x'.repeat(257)}`, report)).status).toBe(400);
  });

  it.each([
    ['no job', '/batches'],
    ['an empty job', '/batches?job='],
    ['two jobs', '/batches?job=a&job=b'],
    ['a job in the path and a job in the query', '/batches/a?job=a'],
    ['too long a job', `/batches?job=${'x'.repeat(257)}`],
  ])('is refused if the request contains %s', async (_, path) => {
    const { post, gateway } = await opened();
    const answer = await post(path, report);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toContain('exactly one job');
    expect(gateway.seen).toEqual([]);
  });
});

describe('a request body', () => {
  it.each([
    ['in plain text', '__proto__'],
    ['with a JSON escape', '\\u005f_proto__'],
  ])('with the key __proto__, written %s, is refused', async (_, key) => {
    const { app, gateway } = await opened();
    const body = `{"grouping":{"${key}":"x"},${JSON.stringify(report).slice(1)}`;
    const headers = { 'content-type': 'application/json' };
    expect((await app.request('/batches/nightly', { method: 'POST', headers, body })).status).toBe(400);
    expect(gateway.seen).toEqual([]);
  });

  it('with thirty errors gets an answer with the first twenty errors', async () => {
    const { post } = await opened();
    const grouping = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`a-${i}`, 'x']));
    const answer = await post('/batches/j', { ...report, grouping });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: object[] }).errors).toHaveLength(20);
  });

  it('without a Content-Length is read only up to the limit', async () => {
    const { app } = await opened();
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        if (chunks > 100) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const request = new Request('http://h/batches/j', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await app.request(request)).status).toBe(413);
    expect(chunks).toBeLessThan(10);
  });
});

describe('an answer of the batch-pusher', () => {
  it('forbids caching if the request uses POST or fails', async () => {
    const { app, post } = await opened();
    const answers = [
      await post('/batches/j', report),
      await post('/batches/j', {}),
      await post('/etl/runs', { records: 1 }),
      await app.request('/nowhere'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 200, 404]);
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('a request with an idempotency key', () => {
  it('is refused if the key has a space or 256 characters', async () => {
    const { post } = await opened();
    expect((await post('/etl/runs', undefined, { 'idempotency-key': 'a b' })).status).toBe(400);
    expect((await post('/etl/runs', undefined, { 'idempotency-key': 'x'.repeat(256) })).status).toBe(400);
  });

  it('gets the stored answer if only the host name differs', async () => {
    const { post } = await opened();
    const key = { 'idempotency-key': 'k' };
    expect((await post('http://a.example/batches/j', report, key)).status).toBe(200);
    const again = await post('http://b.example/batches/j', report, key);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('gets the same stored answer for `/batches?job=a` and `/batches/a`', async () => {
    const { post, gateway } = await opened();
    const key = { 'idempotency-key': 'k' };
    expect((await post('/batches?job=a', report, key)).status).toBe(200);
    expect((await post('/batches/a', report, key)).headers.get('idempotency-replayed')).toBe('true');
    expect((await post('/batches?job=b', report, key)).status).toBe(422);
    expect(gateway.seen).toHaveLength(1);
  });

  it('gets the stored answer if only the field order differs', async () => {
    const { post, gateway } = await opened();
    const key = { 'idempotency-key': 'k' };
    const grouping = { a: '1', b: '2' };
    expect((await post('/batches/a%2Dj', { ...report, grouping }, key)).status).toBe(200);
    const reordered = { grouping: { instance: '', b: '2', a: '1' }, ...report };
    const again = await post('/batches/a-j', reordered, key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(gateway.seen).toHaveLength(1);
  });

  it('is refused if a different request has already used the key', async () => {
    const { post, exposed } = await opened();
    const key = { 'idempotency-key': 'k' };
    expect((await post('/batches/j', report, key)).status).toBe(200);
    expect((await post('/batches/other', report, key)).status).toBe(422);
    expect(await exposed()).toContain('batch_pusher_requests_refused_total{reason="idempotency_conflict"} 1');
  });
});

describe('an ETL run', () => {
  it('fails and pushes its report if the request has the field `failAt`', async () => {
    const { post, gateway, exposed } = await opened();
    const answer = await post('/etl/runs', { records: 70, failAt: 'load' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      status: 'failure',
      failedAt: 'load',
      etl: { transformed: 60 },
    });
    expect(gateway.seen[0]?.method).toBe('POST');
    expect(await exposed()).toContain('batch_pusher_etl_runs_total{status="failure"} 1');
  });

  it('pushes the configured ETL period as a metric after success and failure', async () => {
    const { post, gateway } = await opened(undefined, 5000, 3600);
    await post('/etl/runs', { records: 7 });
    await post('/etl/runs', { records: 7, failAt: 'load' });
    for (const request of gateway.seen)
      expect(bodyText(request)).toContain('\nairflow_data_processing_period_seconds 3600\n');
    expect(gateway.seen.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  });

  it('is refused while too many runs are in progress', async () => {
    const { post, runs } = await opened();
    const answers = Array.from({ length: 5 }, () => post('/etl/runs', { durationSeconds: 60 }));
    const refused = await Promise.race(answers);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    runs.interrupt();
    expect((await Promise.all(answers)).filter(({ status }) => status === 200)).toHaveLength(4);
  });

  it('is pushed as a failure when the run is interrupted', async () => {
    const { runs, gateway } = await opened();
    const run = runs.etl({ records: 70, durationSeconds: 60 });
    runs.interrupt();
    expect(await run).toMatchObject({ status: 200, body: { pushed: true, status: 'failure' } });
    expect(gateway.seen[0]?.body.toString()).toContain('\nairflow_data_processing_success 0\n');
  });
});

describe('the description of the API', () => {
  it('lists every POST route with the fields of its body', async () => {
    const { app } = await opened();
    const document = (await (await app.request('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, { post: { requestBody: { content: Record<string, { schema: object }> } } }>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(['/batches/{job}', '/batches', '/etl/runs']);
    const text = JSON.stringify(document.paths['/batches/{job}']?.post.requestBody);
    for (const field of ['grouping', 'durationSeconds', 'recordsProcessed', 'extracted'])
      expect(text).toContain(field);
    expect(JSON.stringify(document.paths['/etl/runs']?.post.requestBody)).toContain('failAt');
  });

  it('is a web page without scripts and external files', async () => {
    const { app } = await opened();
    const page = await app.request('/docs');
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(html).toContain('POST /etl/runs');
    expect(html).toContain('/batches?job=team%2Fnightly');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    expect(html).not.toContain('<script');
  });

  it('is a web page that escapes HTML in titles and descriptions', async () => {
    const document = openApiDocument();
    const evil = '<img src=x onerror="alert(1)">&amp;';
    const operation = { ...document.paths['/etl/runs'].post, summary: evil, description: evil };
    const responses = { 200: { description: evil } };
    const page = docsPage({
      ...document,
      info: { ...document.info, title: evil, description: evil },
      paths: { ...document.paths, '/etl/runs': { post: { ...operation, responses } } },
    } as typeof document);
    const html = await page.text();
    expect(html).not.toContain('<img');
    expect(html.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;>&amp;amp;/g)?.length).toBeGreaterThan(3);
  });
});
