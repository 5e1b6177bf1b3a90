import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { reportMetrics, reportSchema } from '../../../functions/batch-pusher/report.ts';
import { pusherRoutes } from '../../../functions/batch-pusher/routes.ts';
import { Runs } from '../../../functions/batch-pusher/runs.ts';
import { systemClock } from '../../../functions/clock.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { createPushgatewayClient } from '../../../functions/pushgateway/client.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import type { Grouping } from '../../../metrics/push-group.ts';
import { createRegistry } from '../../../metrics/registry.ts';
import { obtainTimeoutMs, pathOf, running } from '../programs.ts';
import { propertyRuns, propertyTimeoutMs } from '../property-runs.ts';

beforeAll(async () => {
  await pathOf('pushgateway');
}, obtainTimeoutMs);

const success = {
  status: 'success',
  grouping: {},
  durationSeconds: 1.5,
  recordsProcessed: 9,
  etl: { extracted: 10, transformed: 9, loaded: 9 },
} as const;

interface PushedGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly [metric: string]: unknown;
}

/** True if SIGSTOP has stopped the process, or if the system has no `/proc`. */
function hasStopped(pid: number | undefined): boolean {
  const file = `/proc/${pid}/stat`;
  return !existsSync(file) || /\) T /.test(readFileSync(file, 'utf8'));
}

async function pushgateway(timeoutMs = 5000) {
  const { url, child } = await running('pushgateway', ({ address }) => [`--web.listen-address=${address}`]);
  const client = createPushgatewayClient({ fetch: createNodeFetch(), url, timeoutMs });
  const groups = async () =>
    ((await (await fetch(`${url}/api/v1/metrics`)).json()) as { data: PushedGroup[] }).data;
  const stored = async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Object.fromEntries(
      [...text.matchAll(/^(airflow_\w+)\{.*\} (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]),
    );
  };
  const report = async (job: string, body: object) => {
    const { metrics } = createRegistry(batchPusherMetrics);
    const runs = new Runs({ metrics, pushgateway: client, clock: systemClock });
    const value = z.parse(reportSchema, body);
    return (await runs.report(job, value)).status;
  };
  return { url, child, client, groups, stored, report };
}

describe('with a real Pushgateway', () => {
  it('`add` keeps metrics that the push lacks, and `replace` deletes them', async () => {
    const { client, stored } = await pushgateway();
    const group = { job: 'etl', grouping: { dag_id: 'd' } };
    await client.replace(group, reportMetrics(success, 1000));
    await client.add(group, reportMetrics({ status: 'failure', grouping: {}, durationSeconds: 7 }, 2000));
    expect(await stored()).toEqual({
      airflow_data_processing_success: 0,
      airflow_data_processing_duration_seconds: 7,
      airflow_data_processing_last_success_timestamp_seconds: 1000,
      airflow_data_processing_records_total: 9,
      airflow_etl_extract_records: 10,
      airflow_etl_transform_records: 9,
      airflow_etl_load_records: 9,
    });
    const registry = createRegistry({ only: { ...batchPusherMetrics.lastPush, name: 'airflow_only' } });
    registry.metrics.only.set(1);
    await client.replace(group, registry);
    expect(await stored()).toEqual({ airflow_only: 1 });
    await client.remove(group);
    await client.remove(group);
    expect(await stored()).toEqual({});
  });

  it('a label with an empty value does not change the group of a report', async () => {
    const { url, groups, report } = await pushgateway();
    const failure = { status: 'failure', durationSeconds: 1 };
    expect(await report('x', { ...failure, grouping: { instance: '' } })).toBe(200);
    expect(await report('x', failure)).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    expect((await groups()).map(({ labels }) => labels)).toEqual([{ job: 'x' }]);
  });

  it('a report with an empty `dag_id` updates the group without `dag_id`', async () => {
    const { stored, groups, report } = await pushgateway();
    expect(await report('x', success)).toBe(200);
    expect(await report('x', { status: 'failure', grouping: { dag_id: '' } })).toBe(200);
    expect(await groups()).toHaveLength(1);
    expect((await stored()).airflow_data_processing_success).toBe(0);
  });

  it('a failure report without `periodSeconds` keeps the stored period', async () => {
    const { stored, report } = await pushgateway();
    await report('x', { ...success, periodSeconds: 86_400 });
    await report('x', { status: 'failure' });
    expect((await stored()).airflow_data_processing_period_seconds).toBe(86_400);
    await report('x', success);
    expect(await stored()).not.toHaveProperty('airflow_data_processing_period_seconds');
  });

  it(
    'an empty label does not change the group of a report',
    async () => {
      const { url, client, groups, report } = await pushgateway();
      const grouping = fc.dictionary(
        fc.constantFrom('instance', 'dag_id', 'host'),
        fc.constantFrom('', 'a', 'b'),
      );
      const seen = (labels: Readonly<Record<string, string>>) =>
        JSON.stringify(
          Object.entries(labels)
            .filter(([, value]) => value !== '')
            .sort(),
        );
      const property = fc.asyncProperty(fc.array(grouping, { minLength: 1, maxLength: 4 }), async (all) => {
        for (const each of all) expect(await report('x', { status: 'failure', grouping: each })).toBe(200);
        expect((await fetch(`${url}/metrics`)).status).toBe(200);
        const stored = (await groups()).map(({ labels: { job: _, ...labels } }) => labels);
        expect(stored.map(seen).sort()).toEqual([...new Set(all.map(seen))].sort());
        for (const each of stored) await client.remove({ job: 'x', grouping: each });
        // The Pushgateway still has the group for a moment after its answer to `remove`.
        await vi.waitUntil(async () => (await groups()).length === 0);
      });
      await fc.assert(property, { numRuns: propertyRuns });
    },
    propertyTimeoutMs,
  );

  it('a metric whose type differs between two groups is refused', async () => {
    const { client } = await pushgateway();
    await client.replace({ job: 'a' }, reportMetrics(success, 1));
    const definition = { name: 'airflow_etl_load_records', unit: '', help: 'x', labels: [] } as const;
    const counter = createRegistry({ conflict: { ...definition, type: 'counter' } });
    counter.metrics.conflict.inc(1);
    const refused = client.replace({ job: 'b' }, counter);
    await expect(refused).rejects.toMatchObject({ outcome: 'rejected', status: 400 });
    await expect(refused).rejects.toThrow(/airflow_etl_load_records/);
  });

  it('a push with a compressed body is stored', async () => {
    const { client, url } = await pushgateway();
    const registry = createRegistry({
      many: { ...batchPusherMetrics.lastPush, name: 'many', labels: ['i'] },
    });
    for (let i = 0; i < 500; i++) registry.metrics.many.set({ i: String(i) }, i);
    await client.replace({ job: 'j' }, registry);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text.match(/^many\{/gm)).toHaveLength(500);
  });

  it('a push error shows whether the Pushgateway hangs or does not run', async () => {
    const { client, child } = await pushgateway(500);
    await client.replace({ job: 'j' }, reportMetrics(success, 1));
    child.kill('SIGSTOP');
    await vi.waitUntil(() => hasStopped(child.pid));
    await expect(client.replace({ job: 'j' }, reportMetrics(success, 1))).rejects.toMatchObject({
      outcome: 'timeout',
    });
    child.kill('SIGKILL');
    await expect(client.replace({ job: 'j' }, reportMetrics(success, 1))).rejects.toMatchObject({
      outcome: 'unavailable',
    });
  });

  it(
    'the Pushgateway returns each job name and grouping key unchanged',
    async () => {
      const { client, groups } = await pushgateway();
      const text = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom(
          '',
          '/',
          '..',
          '.',
          'a/b',
          ' ',
          '%2F',
          '=',
          'đêm',
          '\n',
          '"',
          '\\',
          '+',
          '?#',
          '\u0000',
        ),
      );
      const names = fc.constantFrom('dag_id', 'path', 'instance', '_a');
      const property = fc.asyncProperty(
        text.filter((job) => job !== ''),
        fc.dictionary(names, text),
        async (job, grouping: Grouping) => {
          const group = { job, grouping };
          await client.replace(group, reportMetrics(success, 1));
          const [stored, ...more] = await groups();
          expect(more).toEqual([]);
          // The client sends no labels with an empty value to the Pushgateway.
          const filled = Object.entries({ ...grouping, job }).filter(([, value]) => value !== '');
          const found = Object.entries(stored?.labels ?? {}).filter(([, value]) => value !== '');
          expect(Object.fromEntries(found)).toEqual(Object.fromEntries(filled));
          await client.remove(group);
        },
      );
      await fc.assert(property, { numRuns: propertyRuns });
    },
    propertyTimeoutMs,
  );

  it(
    'the batch-pusher never answers a POST request with a 5xx status',
    async () => {
      const { client } = await pushgateway();
      const registry = createRegistry(batchPusherMetrics);
      const app = pusherRoutes({
        registry,
        runs: new Runs({ metrics: registry.metrics, pushgateway: client, clock: systemClock }),
        clock: systemClock,
        log: () => undefined,
        tokens: [],
        requestsPerSecond: 100_000,
      });
      const nearly = fc.record(
        {
          status: fc.constantFrom('success', 'failure', 'maybe'),
          grouping: fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ unit: 'binary', maxLength: 8 })),
          durationSeconds: fc.oneof(fc.double(), fc.integer()),
          recordsProcessed: fc.oneof(fc.nat(), fc.double()),
          etl: fc.record(
            { extracted: fc.nat(), transformed: fc.nat(), loaded: fc.oneof(fc.nat(), fc.string()) },
            { requiredKeys: [] },
          ),
          records: fc.nat({ max: 50 }),
          failAt: fc.constantFrom('extract', 'nowhere'),
        },
        { requiredKeys: [] },
      );
      const body = fc.oneof(
        fc.json(),
        nearly.map((value) => JSON.stringify(value)),
        fc.string(),
      );
      const path = fc.constantFrom('/batches/j', '/batches/%00', '/batches/%', '/etl/runs');
      const property = fc.asyncProperty(path, body, async (target, text) => {
        const { status } = await app.request(target, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: text,
        });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
      });
      await fc.assert(property, { numRuns: propertyRuns });
    },
    propertyTimeoutMs,
  );
});
