import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchJob, etlDagId } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { isRunning, until } from '../live/processes.ts';
import { type AirflowUnderTest, exposition, pushed, startAirflow } from './airflow-under-test.ts';

const token = 'a-token-that-only-this-test-knows';
let airflow: AirflowUnderTest;

beforeAll(async () => {
  const started = Date.now();
  airflow = await startAirflow(token);
  console.log(`Airflow is ready after ${((Date.now() - started) / 1000).toFixed(0)} s`);
});
afterAll(() => airflow?.stop());

const name = (metric: keyof typeof batchMetrics) => batchMetrics[metric].name;
const group = () => pushed(airflow.pushgatewayUrl, batchJob, etlDagId);
const counts = (values: Record<string, number>) => [
  values[name('extracted')],
  values[name('transformed')],
  values[name('loaded')],
  values[name('recordsTotal')],
];

describe('the DAG in a real Airflow', () => {
  it('is read without an error', async () => {
    await until(
      () => `${etlDagId} is not there`,
      () => airflow.api.knows(etlDagId),
      90_000,
    );
    expect(await airflow.api.importErrors()).toEqual([]);
  });

  it('runs by its schedule and pushes every metric under its help', async () => {
    await until(
      () => 'no scheduled run has ended',
      async () => (await airflow.api.latestRuns(etlDagId)).some((run) => run.state === 'success'),
      120_000,
    );
    const values = await group();
    expect(Object.keys(values).sort()).toEqual(
      Object.values(batchMetrics)
        .map((metric) => metric.name)
        .sort(),
    );
    // Every seventh of a thousand orders, from the first on, has no quantity.
    expect(counts(values)).toEqual([1000, 857, 857, 857]);
    expect(values[name('success')]).toBe(1);
    expect(Math.abs(Date.now() / 1000 - (values[name('lastSuccess')] ?? 0))).toBeLessThan(120);
    const text = await exposition(airflow.pushgatewayUrl);
    for (const { name, help, type } of Object.values(batchMetrics)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    }
  });

  it('reports a stage whose process is killed, and keeps what the last success has left', async () => {
    const before = await group();
    expect((await airflow.run(etlDagId, { records: 14, killAt: 'load' })).state).toBe('failed');
    const after = await group();
    expect(after[name('success')]).toBe(0);
    expect(counts(after)).toEqual(counts(before));
    expect(after[name('lastSuccess')]).toBe(before[name('lastSuccess')]);
  });

  it('replaces the whole group on a success, with the parameters that the run was given', async () => {
    await request(`${airflow.pushgatewayUrl}/metrics/job/${batchJob}/dag_id/${etlDagId}`, {
      method: 'POST',
      body: 'left_by_an_older_version 1\n',
    });
    expect((await airflow.run(etlDagId, { records: 70, durationSeconds: 3 })).state).toBe('success');
    const values = await group();
    expect(values).not.toHaveProperty('left_by_an_older_version');
    expect(counts(values)).toEqual([70, 60, 60, 60]);
    expect(values[name('success')]).toBe(1);
    expect(values[name('durationSeconds')]).toBeGreaterThanOrEqual(3);
    expect(values[name('durationSeconds')]).toBeLessThan(60);
  });

  it('adds a failure to the group, without a second try and without touching the counts', async () => {
    const before = await group();
    const run = await airflow.run(etlDagId, { failAt: 'transform' });
    expect(run.state).toBe('failed');
    const after = await group();
    expect(after[name('success')]).toBe(0);
    expect(after[name('durationSeconds')]).not.toBe(before[name('durationSeconds')]);
    expect(counts(after)).toEqual(counts(before));
    expect(after[name('lastSuccess')]).toBe(before[name('lastSuccess')]);
    expect(await airflow.api.taskStates(etlDagId, run.dag_run_id)).toEqual({
      extract: 'success',
      transform: 'failed',
      load: 'upstream_failed',
      report: 'success',
    });
  });

  it('takes parameters for all its runs from the Variable, those of a trigger before them', async () => {
    const variable = `${etlDagId}_params`;
    await airflow.api.setVariable(variable, { failAt: 'extract', records: 7 });
    expect((await airflow.run(etlDagId)).state).toBe('failed');
    expect((await airflow.run(etlDagId, { failAt: null })).state).toBe('success');
    await airflow.api.deleteVariable(variable);
    expect(counts(await group())).toEqual([7, 6, 6, 6]);
  });

  it('refuses parameters that the batch-pusher would refuse', async () => {
    await expect(airflow.api.trigger(etlDagId, { records: -1 })).rejects.toThrow(/less than the minimum/);
    await expect(airflow.api.trigger(etlDagId, { failAt: 'lunch' })).rejects.toThrow(/lunch/);
  });
});

describe('the DAG that calls the batch-pusher', () => {
  const dagId = 'batch_pusher_dag';

  it('has its report pushed by it', async () => {
    await airflow.api.pause(dagId, false);
    const run = await airflow.run(dagId);
    expect(await airflow.api.taskStates(dagId, run.dag_run_id)).toEqual({
      export: 'success',
      report: 'success',
    });
    const values = await pushed(airflow.pushgatewayUrl, 'example_export', dagId);
    expect(counts(values)).toEqual([4285, 4285, 4285, 4285]);
    expect(values[name('success')]).toBe(1);
  });

  it('leaves its token in no log and no database', () => {
    const files = readdirSync(airflow.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.some((file) => file.includes(dagId) && file.endsWith('.log'))).toBe(true);
    expect(files.filter((file) => readFileSync(file).includes(token))).toEqual([]);
  });
});

describe('a Pushgateway that is down', () => {
  it('fails no run of the DAG: the report alone fails', async () => {
    const gateway = airflow.supervisor.process('pushgateway');
    const { pid } = gateway;
    await gateway.stop(2000);
    expect(isRunning(pid as number)).toBe(false);
    const run = await airflow.run(etlDagId, { records: 10 });
    expect(run.state).toBe('success');
    expect(await airflow.api.taskStates(etlDagId, run.dag_run_id)).toMatchObject({
      load: 'success',
      report: 'failed',
    });
  });
});
