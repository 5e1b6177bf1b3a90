import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchJob, etlDagId } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { isRunning } from '../is-running.ts';
import { until } from '../live/processes.ts';
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
  it('is imported without an error', async () => {
    await until(
      () => `Airflow does not have the DAG ${etlDagId}`,
      () => airflow.api.hasDag(etlDagId),
      90_000,
    );
    expect(await airflow.api.importErrors()).toEqual([]);
  });

  it('pushes every metric with its help text in a scheduled run', async () => {
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
    // The DAG drops 143 of the 1000 orders, because the quantity of these orders is 0.
    expect(counts(values)).toEqual([1000, 857, 857, 857]);
    expect(values[name('success')]).toBe(1);
    expect(values[name('periodSeconds')]).toBe(86_400);
    expect(Math.abs(Date.now() / 1000 - (values[name('lastSuccess')] ?? 0))).toBeLessThan(120);
    const text = await exposition(airflow.pushgatewayUrl);
    for (const { name, help, type } of Object.values(batchMetrics)) {
      expect(text).toContain(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
    }
  });

  it('pushes a failure and keeps the record counts if a stage is killed', async () => {
    const before = await group();
    expect((await airflow.run(etlDagId, { records: 14, killAt: 'load' })).state).toBe('failed');
    const after = await group();
    expect(after[name('success')]).toBe(0);
    expect(counts(after)).toEqual(counts(before));
    expect(after[name('lastSuccess')]).toBe(before[name('lastSuccess')]);
  });

  it('replaces the whole push group after a successful run', async () => {
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

  it('pushes a failure when a stage fails, and runs no later stage', async () => {
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

  it('prefers the parameters of a trigger to the Airflow Variable', async () => {
    const variable = `${etlDagId}_params`;
    await airflow.api.setVariable(variable, { failAt: 'extract', records: 7 });
    expect((await airflow.run(etlDagId)).state).toBe('failed');
    expect((await airflow.run(etlDagId, { failAt: null })).state).toBe('success');
    await airflow.api.deleteVariable(variable);
    expect(counts(await group())).toEqual([7, 6, 6, 6]);
  });

  it('refuses a negative number of records and an unknown stage', async () => {
    await expect(airflow.api.trigger(etlDagId, { records: -1 })).rejects.toThrow(/less than the minimum/);
    await expect(airflow.api.trigger(etlDagId, { failAt: 'lunch' })).rejects.toThrow(/lunch/);
  });
});

describe('a DAG run', () => {
  /**
   * Waits for the end of the task `report` of a run.
   * @returns the state of each task of the run
   */
  const reported = async (runId: string) => {
    let states: Record<string, string | null> = {};
    await until(
      () => `the report has not ended: ${JSON.stringify(states)}`,
      async () => {
        states = await airflow.api.taskStates(etlDagId, runId);
        return ['success', 'failed', 'skipped', 'upstream_failed'].includes(states.report ?? '');
      },
      90_000,
    );
    return states;
  };

  it('reports a failure if a successful stage runs again and fails', async () => {
    const { dag_run_id: runId } = await airflow.run(etlDagId, { records: 70 });
    const before = await group();
    expect(before[name('success')]).toBe(1);
    await airflow.operator.clear(etlDagId, runId, ['transform']);
    expect((await airflow.untilEnded(etlDagId, runId)).state).toBe('failed');
    expect(await reported(runId)).toEqual({
      extract: 'success',
      transform: 'failed',
      load: 'upstream_failed',
      report: 'success',
    });
    const after = await group();
    expect(after[name('success')]).toBe(0);
    expect(counts(after)).toEqual([70, 60, 60, 60]);
    expect(after[name('lastSuccess')]).toBe(before[name('lastSuccess')]);
  });

  it('reports a success if a failed stage runs again and succeeds', async () => {
    const variable = `${etlDagId}_params`;
    await airflow.api.setVariable(variable, { failAt: 'transform', records: 140 });
    const { dag_run_id: runId, state } = await airflow.run(etlDagId);
    await airflow.api.deleteVariable(variable);
    expect(state).toBe('failed');
    await airflow.operator.clear(etlDagId, runId, ['transform']);
    expect((await airflow.untilEnded(etlDagId, runId)).state).toBe('success');
    const values = await group();
    expect(values[name('success')]).toBe(1);
    expect(counts(values)).toEqual([140, 120, 120, 120]);
  });

  it('sends the same report if only the task `report` runs again', async () => {
    const { dag_run_id: runId } = await airflow.run(etlDagId, { records: 70, durationSeconds: 1 });
    const before = await group();
    await request(`${airflow.pushgatewayUrl}/metrics/job/${batchJob}/dag_id/${etlDagId}`, {
      method: 'DELETE',
    });
    await airflow.operator.clear(etlDagId, runId, ['report'], false);
    expect((await airflow.untilEnded(etlDagId, runId)).state).toBe('success');
    await reported(runId);
    expect(await group()).toEqual(before);
  });

  it('pushes a failure after a user marks the run as failed', async () => {
    const { dag_run_id: runId } = await airflow.api.trigger(etlDagId, { durationSeconds: 60 });
    await until(
      () => 'extract does not run',
      async () => (await airflow.api.taskStates(etlDagId, runId)).extract === 'running',
      90_000,
    );
    expect((await group())[name('success')]).toBe(1);
    await airflow.operator.markRun(etlDagId, runId, 'failed');
    expect(await reported(runId)).toEqual({
      extract: 'failed',
      transform: 'skipped',
      load: 'skipped',
      report: 'success',
    });
    expect((await group())[name('success')]).toBe(0);
  });
});

describe('a backfill', () => {
  const dayMs = 86_400_000;
  const newest = async () => {
    const runs = await airflow.operator.runs(etlDagId, 'scheduled');
    const [date] = runs.map((run) => Date.parse(run.logical_date ?? '')).sort((a, b) => b - a);
    return date as number;
  };
  const ended = async (count: number) => {
    let runs: Awaited<ReturnType<typeof airflow.operator.runs>> = [];
    await until(
      () => `the backfill has not ended: ${JSON.stringify(runs)}`,
      async () => {
        runs = await airflow.operator.runs(etlDagId, 'backfill');
        const done = runs.length === count && runs.every((run) => /^(success|failed)$/.test(run.state));
        return done && (await airflow.operator.backfillsEnded(etlDagId));
      },
      220_000,
    );
    return runs;
  };

  it('of old dates does not change the report of the newest run', async () => {
    expect((await airflow.run(etlDagId, { records: 70 })).state).toBe('success');
    const before = await group();
    const date = await newest();
    await airflow.operator.backfill(etlDagId, new Date(date - 3 * dayMs), new Date(date - dayMs), {
      max_active_runs: 3,
      dag_run_conf: { records: 14, failAt: 'load' },
    });
    const runs = await ended(3);
    expect(runs.map((run) => run.state)).toEqual(['failed', 'failed', 'failed']);
    for (const { dag_run_id: runId } of runs) {
      expect((await airflow.api.taskStates(etlDagId, runId)).report).toBe('skipped');
    }
    expect(await group()).toEqual(before);
  });

  it('of the latest date pushes its report to the Pushgateway', async () => {
    const date = new Date(await newest());
    await airflow.operator.backfill(etlDagId, date, date, {
      reprocess_behavior: 'completed',
      dag_run_conf: { records: 7 },
    });
    const runs = await ended(4);
    expect(runs.map((run) => run.state).sort()).toEqual(['failed', 'failed', 'failed', 'success']);
    expect(counts(await group())).toEqual([7, 6, 6, 6]);
  });
});

describe('the DAG that calls the batch-pusher', () => {
  const dagId = 'batch_pusher_dag';

  it('reports to the Pushgateway through the batch-pusher', async () => {
    await airflow.api.pause(dagId, false);
    const run = await airflow.run(dagId);
    expect(await airflow.api.taskStates(dagId, run.dag_run_id)).toEqual({
      export: 'success',
      report: 'success',
    });
    const values = await pushed(airflow.pushgatewayUrl, 'example_export', dagId);
    expect(counts(values)).toEqual([4285, 4285, 4285, 4285]);
    expect(values[name('success')]).toBe(1);
    expect(values[name('periodSeconds')]).toBe(86_400);
  });

  it('does not write its token to a log or a database', () => {
    const files = readdirSync(airflow.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.some((file) => file.includes(dagId) && file.endsWith('.log'))).toBe(true);
    expect(files.filter((file) => readFileSync(file).includes(token))).toEqual([]);
  });
});

describe('a DAG run while the Pushgateway is down', () => {
  it('succeeds, although the task `report` fails', async () => {
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
