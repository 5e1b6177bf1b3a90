import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { installAirflow } from '../../demo/airflow/installation.ts';
import { root } from './airflow-under-test.ts';

/** The states and results of the tasks of a run. */
interface Found {
  /** State of each task, by task id. A mapped task has several entries, such as `load_0` and `load_1`. */
  readonly states: Readonly<Record<string, string | null>>;
  /** Return value of each task, by task id. A mapped task has several instances, and its value is a list. */
  readonly xcoms: Readonly<Record<string, unknown>>;
}

/** Python program for all cases, because each import of Airflow takes five seconds. */
const program = `
import json, sys
import batch_pusher_dag, prometheus_metrics_dag as dag
class Instance:
    dag_id, run_id = "dag", "run"
    def __init__(self, states, xcoms):
        self.states, self.xcoms = states, xcoms
    def get_task_states(self, dag_id, task_ids, run_ids):
        of = lambda key: key in task_ids or key.rsplit("_", 1)[0] in task_ids
        found = {key: state for key, state in self.states.items() if of(key)}
        return {self.run_id: found} if found else {}
    def xcom_pull(self, task_ids):
        assert isinstance(task_ids, list)
        found = self.xcoms.get(task_ids[0])
        return found if isinstance(found, list) and found else [found or None]
def measured(ti):
    stages = {name: dag.results(ti, name) for name in dag.STAGES} if dag.succeeded(ti) else None
    return dag.measured(100.0, stages, 200.0)
def described(ti):
    return batch_pusher_dag.described(*batch_pusher_dag.outcome(ti, "export"))
print(json.dumps([(described if "export" in str(case["states"]) else measured)(Instance(**case)) for case in json.load(sys.stdin)]))
`;

const loaded = { records: 8, finished_at: 190 };
const extracted = { path: 'x', records: 10, started_at: 110 };
const success = { extract: 'success', transform: 'success', load: 'success' };
const results = { extract: extracted, transform: { path: 'x', records: 9 }, load: loaded };
const exported = { rows: 5, seconds: 1 };
const period = { airflow_data_processing_period_seconds: 3600 };
const failure = {
  airflow_data_processing_success: 0,
  airflow_data_processing_duration_seconds: 100,
  ...period,
};
const { load: _, ...beforeLoad } = success;

/** Each run starts at second 100, and the report is made at second 200. */
const cases: Readonly<Record<string, Found & { readonly expected: object; readonly absent?: string }>> = {
  'reports a failure when a stage has no state': {
    states: beforeLoad,
    xcoms: results,
    expected: failure,
  },
  'reports a failure when a stage has not started': {
    states: { ...success, load: null },
    xcoms: results,
    expected: failure,
  },
  'reports a failure when a stage fails and the next stage has an old result': {
    states: { ...success, transform: 'failed', load: 'upstream_failed' },
    xcoms: { extract: extracted, load: loaded },
    expected: failure,
  },
  'reports a failure when a skipped stage has an old result': {
    states: { ...success, load: 'skipped' },
    xcoms: results,
    expected: failure,
  },
  'reports a failure when an instance of a mapped stage failed': {
    states: { ...beforeLoad, load_0: 'success', load_1: 'failed' },
    xcoms: { ...results, load: [loaded] },
    expected: failure,
  },
  'adds up the results of a mapped stage without the removed instances': {
    states: { ...beforeLoad, load_0: 'success', load_1: 'success', load_2: 'removed' },
    xcoms: { ...results, load: [loaded, null, { records: 1, finished_at: 195 }] },
    expected: {
      ...period,
      airflow_data_processing_success: 1,
      airflow_data_processing_duration_seconds: 85,
      airflow_data_processing_last_success_timestamp_seconds: 195,
      airflow_data_processing_records_total: 9,
      airflow_etl_load_records: 9,
    },
  },
  'reports a success without counts when an operator marked the stages as successful': {
    states: success,
    xcoms: {},
    expected: {
      ...period,
      airflow_data_processing_success: 1,
      airflow_data_processing_duration_seconds: 100,
      airflow_data_processing_last_success_timestamp_seconds: 200,
    },
    absent: 'airflow_etl_load_records',
  },
  'reports the run time of the stages when only the report task runs again': {
    states: success,
    xcoms: {
      ...results,
      extract: { ...extracted, started_at: 10 },
      load: { ...loaded, finished_at: 40 },
    },
    expected: {
      airflow_data_processing_duration_seconds: 30,
      airflow_data_processing_last_success_timestamp_seconds: 40,
    },
  },
  'reports a failure to the batch-pusher if a failed task has an old result': {
    states: { export: 'failed' },
    xcoms: { export: exported },
    expected: { status: 'failure' },
    absent: 'recordsProcessed',
  },
  'reports a failure to the batch-pusher if the task is skipped': {
    states: { export: 'skipped' },
    xcoms: {},
    expected: { status: 'failure' },
  },
  'reports a success to the batch-pusher for a task without a result': {
    states: { export: 'success' },
    xcoms: {},
    expected: { status: 'success', recordsProcessed: 0, durationSeconds: 0 },
  },
  'reports the sum of a mapped task to the batch-pusher': {
    states: { export_0: 'success', export_1: 'success' },
    xcoms: { export: [exported, { rows: 6, seconds: 3 }] },
    expected: { status: 'success', recordsProcessed: 11, durationSeconds: 3 },
  },
};

describe('the report task of a DAG', () => {
  let reports: Readonly<Record<string, object>>;

  beforeAll(async () => {
    const { python } = await installAirflow({ root, onProgress: (line) => console.log(line) });
    const home = mkdtempSync(join(tmpdir(), 'report-test-'));
    const found = Object.values(cases).map(({ states, xcoms }) => ({ states, xcoms }));
    const { stdout } = await execa(python, ['-c', program], {
      cwd: join(root, 'dags'),
      input: JSON.stringify(found),
      env: { PATH: process.env.PATH ?? '', AIRFLOW_HOME: home, PYTHONDONTWRITEBYTECODE: '1' },
      extendEnv: false,
      timeout: 120_000,
    }).finally(() => rmSync(home, { recursive: true }));
    const values: object[] = JSON.parse(stdout.split('\n').at(-1) ?? '');
    reports = Object.fromEntries(Object.keys(cases).map((title, i) => [title, values[i] as object]));
  });

  it.each(Object.entries(cases))('%s', (title, { expected, absent }) => {
    expect(reports[title]).toMatchObject(expected);
    if (absent) expect(reports[title]).not.toHaveProperty(absent);
  });
});
