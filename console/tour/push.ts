import { batchJob } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { pushGroupMetrics } from '../../metrics/definitions/pushgateway.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import {
  and,
  avgOverTime,
  count,
  eq,
  gt,
  matching,
  range,
  select,
  sub,
  sum,
  time,
} from '../../metrics/promql.ts';
import { allOf, effect, fourWays, laterThanAction, state } from './checks.ts';
import { documented, query } from './queries.ts';
import type { Act } from './step.ts';

const ofBatch = { job: batchJob };
const lastPush = select(pushGroupMetrics.lastPush, ofBatch);
const ofDag = select(pushGroupMetrics.lastPush, { ...ofBatch, dag_id: matching('.+') });
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
  minutes: 7,
  message: 'A job that ends before the scrape pushes its report.',
  steps: [
    {
      id: 'run-batch',
      title: 'A batch runs for two seconds',
      show: 'Show a job that ends before the next scrape.',
      say: [
        'A batch job runs for two seconds. Prometheus scrapes every five seconds, and can miss the whole run.',
        'Therefore the job pushes a report when it ends. The button calls the function in the same way as a scheduler.',
        'The schedule also runs batches by itself, one in each minute. Every seventh of these runs fails on purpose, and its report shows the failure.',
      ],
      ask: {
        question: 'Why not push all metrics, also those of servers?',
        answer:
          'A pushed metric has no `up`. Therefore a server that is down looks the same as a server that has nothing to report. Push is only for jobs that end.',
      },
      waitSeconds: 6,
      action: { kind: 'batch' },
      links: [{ text: 'Airflow dashboard', path: '/d/airflow-metrics' }],
      queries: [query(lastSuccess, 'when the batch last succeeded', { unit: 'unix' })],
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
      queries: [query(ofDag, 'when the group was last pushed', { unit: 'unix' })],
      expect:
        'The group has the labels `job` and `dag_id`, and its last push is later than the start of the run.',
      check: effect('run-batch', { untilScrape: 36 }, 'A push has arrived since the run.', (at) =>
        laterThanAction(ofDag, at),
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
      show: 'Show the same values in Prometheus, at most five seconds later.',
      say: [
        'Prometheus scrapes the Pushgateway like any other target, and keeps the labels of the report.',
        'The last query returns the share of the last hour in which the newest report was a success.',
      ],
      links: [{ text: 'Airflow dashboard', path: '/d/airflow-metrics' }],
      queries: [
        documented(values[0], { unit: 's' }),
        documented(values[1]),
        documented(values[2]),
        documented(values[3]),
        documented(successShare, { unit: 'percentunit' }),
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
        'This run fails in the stage `transform`. The run reports the failure with its last push.',
        'The values of the last good run stay. Therefore dashboards show the time of the last good data.',
        'Two alerts watch the batch: `BatchRunFailed` fires while the last run is a failed run, and `BatchDataStale` fires when the last success is too old.',
        'The schedule runs the batch every minute. The next good run sets the success to 1 again, and the alert resolves.',
      ],
      ask: {
        question: 'What happens to the report if nobody starts the job again?',
        answer:
          'The Pushgateway keeps the report for ever. Therefore a third alert, `BatchRunMissing`, fires when a report is overdue.',
      },
      waitSeconds: 6,
      action: { kind: 'batch', failAt: 'transform' },
      links: [{ text: 'Alert', path: '/alerts?alert=BatchRunFailed' }],
      queries: [
        query(select(batchMetrics.success), 'whether the last run succeeded', {
          display: 'states',
          states: ['failed', 'succeeded'],
        }),
        query(sub(time(), lastSuccess), 'the age of the last success', { unit: 's' }),
      ],
      expect: 'The last run has failed. The last success is from an earlier run.',
      check: effect(
        'failing-batch',
        { untilScrape: 12 },
        'The run failed and pushed its report. The last success is from an earlier run.',
        (at) =>
          and(
            and(eq(success, 0), laterThanAction(lastPush, at)),
            gt(sub(time(), select(batchMetrics.lastSuccess, ofBatch)), at.seconds),
          ),
      ),
    },
    {
      id: 'summary',
      closing: 'Each of the four ways to collect samples has its own use and its own alert for missing data.',
      title: 'Four ways, and when to use each',
      show: [
        '- **Pull**: for a server that Prometheus can reach. `up` reports a dead target.',
        '- **Exporter**: for a program or an API without metrics. The exporter also exposes the age of its values.',
        '- **Remote write**: for a cluster that Prometheus cannot reach. The agent in the cluster keeps unsent samples.',
        '- **Push**: for a job that ends before the scrape. An alert fires if a report is missing.',
      ].join('\n'),
      say: [
        'Most systems need only pulls and exporters. Remote write and push are for systems that a pull cannot reach.',
        'Each of the four ways to collect samples can fail: a target is down, an exporter returns an old value, a cluster sends nothing, or nobody starts a job. The platform has an alert for each of these four faults.',
        'Everything runs from one repository: `npm start` on a laptop, and the same rules, dashboards and runbooks in a cluster. The first link of this step opens the documentation.',
      ],
      ask: {
        question: 'Which of these four kinds of missing data would your own monitoring not detect today?',
        answer:
          'First copy one alert of this presentation. Each alert has a rule, a test and a runbook in the repository.',
      },
      links: [
        { text: 'Documentation', path: '/docs/README.md' },
        { text: 'Architecture', path: '/docs/architecture.md' },
      ],
      queries: [
        query(sum(select(targetMetrics.scrapeSamples), ['job']), 'samples of the last scrape of each job', {
          display: 'tiles',
        }),
      ],
      expect: 'All four ways deliver samples, and every target is up.',
      check: state(
        'Prometheus has a series of each of the four ways, and every target is up.',
        allOf(fourWays, eq(sum(select(targetMetrics.up)), count(select(targetMetrics.up)))),
      ),
    },
  ],
};
