import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  and,
  constant,
  eq,
  group,
  gt,
  inSeconds,
  lastOverTime,
  matching,
  or,
  range,
  select,
  unless,
} from '../metrics/promql.ts';
import { type Expected, jobs } from '../sources/index.ts';
import type { RuleGroup } from './rule.ts';
import { agentJobs, natsJobs, nearTimeout } from './selectors.ts';

const { up, scrapeDuration } = targetMetrics;

const where = ['job', 'cluster'] as const;
/** The clusters of the configuration, and one series without a cluster for the targets that have none. */
const configuredClusters = or(select(recorded.configured), constant(1));

const jobsOf = ({ centralJobs, supportJobs, federatedJobs }: Expected) =>
  ({ job: matching([...new Set([...centralJobs, ...supportJobs, ...federatedJobs])].join('|')) }) as const;

/** Whether the targets of the configuration are there and answer. */
export const targetRules = (expected: Expected): RuleGroup => ({
  name: 'targets',
  alerting: [
    {
      alert: 'TargetMissing',
      // A job or a cluster that was removed on purpose is no longer in the configuration.
      expr: unless(
        and(
          group(lastOverTime(range(select(up, jobsOf(expected)), lookback('1h'))), where),
          configuredClusters,
          { on: ['cluster'] },
        ),
        group(select(up, jobsOf(expected)), where),
        { on: where },
      ),
      for: pending('5m'),
      severity: 'critical',
      summary:
        'No target of {{ $labels.job }} is scraped any more{{ with $labels.cluster }} in {{ . }}{{ end }}.',
      description:
        'Prometheus scraped {{ $labels.job }} within the last hour and now has no target of that job: it was removed, renamed, or service discovery no longer finds it. An alert on its metrics cannot fire meanwhile.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'NatsExporterDown',
      expr: eq(select(up, { job: natsJobs }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The NATS exporter {{ $labels.instance }} of {{ $labels.cluster }} does not answer.',
      description:
        'Scrapes of {{ $labels.job }} at {{ $labels.instance }} fail. Nothing is known of NATS in {{ $labels.cluster }} until they succeed.',
      dashboard: 'nats',
    },
    {
      alert: 'UsdtExporterDown',
      expr: eq(select(up, { job: jobs.usdtExporter }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The USDT exporter {{ $labels.instance }} does not answer.',
      description: 'Scrapes of {{ $labels.instance }} fail, so that there is no USDT/VND rate.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'PushgatewayDown',
      expr: eq(select(up, { job: jobs.pushgateway }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The Pushgateway {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. Batch runs cannot report, and the figures of earlier runs are gone from Prometheus.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchPusherDown',
      expr: eq(select(up, { job: jobs.batchPusher }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The batch-pusher {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. Jobs that report through it cannot, and no ETL run can be started.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PrometheusAgentDown',
      expr: eq(select(up, { job: agentJobs }), 0),
      for: pending('5m'),
      severity: 'warning',
      summary: 'The Prometheus agent of {{ $labels.cluster }} cannot scrape itself.',
      description:
        'The agent {{ $labels.instance }} still writes to us, but its own metrics fail: its remote write can no longer be judged.',
      dashboard: 'multi-cluster',
    },
    {
      alert: 'ScrapeSlow',
      // One that fails takes as long as it may, and is told as down.
      expr: and(
        gt(select(scrapeDuration, jobsOf(expected)), inSeconds(nearTimeout)),
        eq(select(up, jobsOf(expected)), 1),
      ),
      for: pending('10m'),
      severity: 'warning',
      summary: 'Scraping {{ $labels.instance }} takes {{ $value | humanizeDuration }}.',
      description:
        'A scrape of {{ $labels.job }} at {{ $labels.instance }} takes {{ $value | humanizeDuration }}, four fifths or more of what it may: a little slower and it is given up, and the target counts as down.',
      dashboard: 'pipeline-health',
    },
  ],
});
