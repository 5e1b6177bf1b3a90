import { expect, it } from 'vitest';
import { seriesLabels } from './series-labels.ts';

const nothingRecorded = () => undefined;
const always = (expr: string) => [...seriesLabels(expr, nothingRecorded).always].sort();

it.each([
  ['up', ['instance', 'job']],
  ['up{cluster!=""}', ['cluster', 'instance', 'job']],
  ['up{cluster!="a"}', ['instance', 'job']],
  ['up{cluster=~"a|"}', ['instance', 'job']],
  ['up{instance=""}', ['job']],
  ['up{job=~".+/nats"}', ['cluster', 'environment', 'instance', 'job']],
  ['nats_varz_connections', ['cluster', 'environment', 'instance', 'job', 'server_id']],
  // A pushed metric gets the label `job` from its group in the Pushgateway.
  ['airflow_data_processing_success', ['job']],
  ['usdt_vnd_offers', ['job', 'side']],
  ['sum(up) by (job, dag_id)', ['job']],
  ['max(up)', []],
  ['time() - push_time_seconds > 3', ['job']],
  ['up / on (job) up', ['job']],
  ['up / on (job) group_left () up', ['instance', 'job']],
  ['up or airflow_data_processing_success', ['job']],
  ['airflow_data_processing_success and on (instance) up', ['instance', 'job']],
  ['airflow_data_processing_success unless on (instance) up', ['job']],
  ['max_over_time(timestamp(up)[1d:5m]) > 2', ['instance', 'job']],
  ['-up', ['instance', 'job']],
  ['vector(1)', []],
  ['scalar(up)', []],
  ['scalar(up) * airflow_data_processing_success', ['job']],
  ['absent_over_time(up{job="a",cluster!=""}[5m])', ['job']],
])('every series of `%s` has the labels %j', (expr, labels) => {
  expect(always(expr)).toEqual(labels);
});

it.each([
  'up / ignoring (job) up',
  'up and ignoring (job) up',
  'up / on (job) group_right () up',
  'max(up) without (job)',
])('the label analysis throws an error for the unsupported expression `%s`', (expr) => {
  expect(() => seriesLabels(expr, nothingRecorded)).toThrow(/Labels of \w+ are unknown.*series-labels\.ts/);
});

it('the label analysis of a PromQL expression returns the labels that the resulting series can have', () => {
  const { possible } = seriesLabels('sum(up) by (job, dag_id)', nothingRecorded);
  expect([...possible].sort()).toEqual(['dag_id', 'job']);
});
