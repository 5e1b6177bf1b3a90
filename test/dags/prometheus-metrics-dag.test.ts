import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charts } from '../../config/charts.ts';
import { defaultBatchPeriod } from '../../config/knobs.ts';
import { batchJob, etlDagId } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { seconds } from '../../metrics/duration.ts';

const dags = join(import.meta.dirname, '..', '..', 'dags');
const dag = readFileSync(join(dags, `${etlDagId}.py`), 'utf8');
const [, table = ''] = /^METRICS = \{\n([\s\S]*?)^\}/m.exec(dag) ?? [];

describe('the DAG', () => {
  it('pushes exactly the batch metrics of the catalogue, with their names and help texts', () => {
    const written = [...table.matchAll(/^ {4}"(\w+)": "(.+)",/gm)].map(([, name, help]) => ({ name, help }));
    expect(written).toEqual(Object.values(batchMetrics).map(({ name, help }) => ({ name, help })));
  });

  it('pushes only gauges, and all runs push to the same group', () => {
    expect(Object.values(batchMetrics).map(({ type }) => type)).toEqual(
      Object.values(batchMetrics).map(() => 'gauge'),
    );
    expect(dag).not.toMatch(/\b(Counter|Histogram|Summary)\(/);
    expect(dag).toContain(`DAG_ID = "${etlDagId}"`);
    expect(dag).toContain(`JOB = "${batchJob}"`);
    expect(dag).toContain('grouping_key={"dag_id": DAG_ID}');
  });

  it('has the same stages as the batch-pusher', () => {
    const [, stages = ''] = /^STAGES = \((.*)\)$/m.exec(dag) ?? [];
    expect(stages.split(', ')).toEqual(etlStages.map((stage) => `"${stage}"`));
  });

  it('runs at the interval that the alerts assume', () => {
    const [, period] = /"ETL_PERIOD_SECONDS", "(\d+)"/.exec(dag) ?? [];
    expect(Number(period)).toBe(seconds(defaultBatchPeriod.production));
  });

  it.each([etlDagId, 'batch_pusher_dag'])(
    'in the file %s.py reports its schedule interval in seconds',
    (name) => {
      const text = readFileSync(join(dags, `${name}.py`), 'utf8');
      expect(text).toContain('schedule=timedelta(seconds=PERIOD_SECONDS)');
      expect(text).toMatch(/"(airflow_data_processing_period_seconds|periodSeconds)": PERIOD_SECONDS/);
    },
  );

  it('is tested with the Airflow version that the Helm chart installs', () => {
    const requirements = readFileSync(join(dags, 'requirements.txt'), 'utf8');
    const [, tried] = /^apache-airflow-core==(\S+)/m.exec(requirements) ?? [];
    expect(tried).toBe(charts.airflow.images.airflow.tag);
  });
});
