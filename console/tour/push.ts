import { batchJob } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { pushGroupMetrics } from '../../metrics/definitions/pushgateway.ts';
import { and, avgOverTime, eq, range, select, sub, time } from '../../metrics/promql.ts';
import { allOf, effect, laterThanAction } from './checks.ts';
import { documented, query } from './queries.ts';
import type { Act } from './step.ts';

const ofBatch = { job: batchJob };
const lastPush = select(pushGroupMetrics.lastPush, ofBatch);
const success = select(batchMetrics.success, ofBatch);
const values = [
  select(batchMetrics.durationSeconds),
  select(batchMetrics.recordsTotal),
  select(batchMetrics.extracted),
  select(batchMetrics.loaded),
] as const;
const successShare = avgOverTime(range(select(batchMetrics.success), '1h'));
const lastSuccess = select(batchMetrics.lastSuccess);

export const push: Act = {
  number: 4,
  title: 'Push',
  minutes: 5,
  message: 'A job that ends before the scrape pushes its report.',
  steps: [
    {
      id: 'run-batch',
      title: 'A batch runs for two seconds',
      show: 'Show a job that ends before the next scrape.',
      say: [
        'A batch job runs for two seconds. Prometheus scrapes every five seconds and would miss it.',
        'Therefore the job pushes a report when it ends. The button calls the same function as a scheduler.',
      ],
      action: { kind: 'batch' },
      links: [{ text: 'Airflow dashboard', path: '/d/airflow-metrics' }],
      queries: [query(lastSuccess, 'when the batch last succeeded', 'unix')],
      expect: 'The time of the last success is a few seconds ago.',
      check: effect(
        'run-batch',
        { untilScrape: 12 },
        'A run has succeeded since the button was pressed.',
        (at) => laterThanAction(lastSuccess, at),
      ),
      terminal: [
        {
          does: 'Call the function as a scheduler does',
          command: 'curl -s -X POST http://127.0.0.1:5001/etl/runs',
        },
      ],
    },
    {
      id: 'pushgateway',
      title: 'The report waits in the Pushgateway',
      show: 'Show the report in the Pushgateway, under its grouping key.',
      say: [
        'The Pushgateway keeps the last report of each group until someone deletes the group. The labels of the group are its grouping key.',
        'It also stores the time of the last push. Without this time an old report looks like a fresh one.',
      ],
      links: [{ text: 'Pushgateway', component: 'pushgateway' }],
      queries: [query(lastPush, 'when the group was last pushed', 'unix')],
      expect: 'The group has the labels `job` and `dag_id`, and its last push is a few seconds ago.',
      check: effect('run-batch', { untilScrape: 36 }, 'A push has arrived since the run.', (at) =>
        laterThanAction(lastPush, at),
      ),
      terminal: [
        {
          does: 'Show the report in the Pushgateway',
          command: "curl -s http://127.0.0.1:9091/metrics | grep '^airflow_'",
        },
      ],
    },
    {
      id: 'report',
      title: 'The same values in Prometheus',
      show: 'Show the same values in Prometheus, five seconds later.',
      say: [
        'Prometheus scrapes the Pushgateway like any other target, and keeps the labels of the report.',
        'The last query is the share of the last hour in which the last run was a good run.',
      ],
      links: [{ text: 'Airflow dashboard', path: '/d/airflow-metrics' }],
      queries: [
        documented(values[0], 's'),
        documented(values[1]),
        documented(values[2]),
        documented(values[3]),
        documented(successShare, 'percentunit'),
      ],
      expect: 'Each query returns one series, with the values of the run.',
      check: effect(
        'run-batch',
        { untilScrape: 36 },
        'All values of a report since the run are there.',
        (at) => and(allOf(successShare, ...values), laterThanAction(lastPush, at), { on: [] }),
      ),
    },
    {
      id: 'failing-batch',
      title: 'A batch fails',
      show: '`airflow_data_processing_success` becomes 0. The time of the last success stays, and its age grows.',
      say: [
        'This run fails while it transforms the records. It reports the failure with its last push.',
        'The values of the last good run stay. Therefore dashboards show when the data was last good, and the alert measures this age.',
      ],
      action: { kind: 'batch', failAt: 'transform' },
      links: [{ text: 'Alerts', path: '/alerts' }],
      queries: [
        query(select(batchMetrics.success), 'whether the last run succeeded'),
        query(sub(time(), lastSuccess), 'the age of the last success', 's'),
      ],
      expect:
        'The success is 0, and the age of the last success grows. `BatchRunFailed` fires until the next good run.',
      check: effect(
        'failing-batch',
        { untilScrape: 12 },
        'A push since the run reports that the run has failed.',
        (at) => and(eq(success, 0), laterThanAction(lastPush, at)),
      ),
    },
  ],
};
