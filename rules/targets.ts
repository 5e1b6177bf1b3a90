import { recorded } from '../metrics/definitions/recorded.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  and,
  constant,
  div,
  eq,
  group,
  gt,
  lastOverTime,
  matching,
  or,
  range,
  select,
  unless,
} from '../metrics/promql.ts';
import { type Expected, jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { agentJobs, natsJobs, nearTimeout } from './selectors.ts';
import { text } from './text.ts';
import { limit, ratio } from './threshold.ts';

const { up, scrapeDuration, scrapeSamplesKept, sampleLimit } = targetMetrics;

const targetThresholds = {
  nearSampleLimit: ratio(0.8, 0.1, 0.99),
} as const;

const where = ['job', 'cluster'] as const;
const hour = lookback('1h');
/** The alert TargetMissing must cover targets without the label `cluster`. */
const configuredClusters = or(select(recorded.configured), constant(1));

const slowScrape = nearTimeout();

const jobsOf = ({ centralJobs, supportJobs, federatedJobs }: Expected) =>
  ({ job: matching([...new Set([...centralJobs, ...supportJobs, ...federatedJobs])].join('|')) }) as const;

export const targetRules = (expected: Expected) =>
  ruleGroup({
    name: 'targets',
    alerting: [
      {
        alert: 'TargetMissing',
        expr: unless(
          and(group(lastOverTime(range(select(up, jobsOf(expected)), hour)), where), configuredClusters, {
            on: ['cluster'],
          }),
          group(select(up, jobsOf(expected)), where),
          { on: where },
        ),
        for: pending('5m'),
        severity: 'critical',
        windows: [hour],
        lasts: hour,
        summary:
          'Prometheus no longer scrapes any target of {{ $labels.job }}{{ with $labels.cluster }} in {{ . }}{{ end }}.',
        description: text`Prometheus scraped {{ $labels.job }} within the last ${hour} and now has no target of that job. The target was removed or renamed, or service discovery no longer finds it. Until the target returns, no alert on its metrics can fire.`,
        dashboard: 'pipeline-health',
      },
      {
        alert: 'NatsExporterDown',
        expr: eq(select(up, { job: natsJobs }), 0),
        for: pending('2m'),
        severity: 'critical',
        summary: 'The NATS exporter {{ $labels.instance }} of {{ $labels.cluster }} does not answer.',
        description:
          'Scrapes of {{ $labels.job }} at {{ $labels.instance }} fail. Until a scrape succeeds, Prometheus has no metrics of this NATS server.',
        dashboard: 'nats',
      },
      {
        alert: 'UsdtExporterDown',
        expr: eq(select(up, { job: jobs.usdtExporter }), 0),
        for: pending('2m'),
        severity: 'critical',
        summary: 'The USDT exporter {{ $labels.instance }} does not answer.',
        description: 'Scrapes of {{ $labels.instance }} fail. Prometheus therefore has no USDT/VND rate.',
        dashboard: 'usdt-vnd',
      },
      {
        alert: 'PushgatewayDown',
        expr: eq(select(up, { job: jobs.pushgateway }), 0),
        for: pending('2m'),
        severity: 'critical',
        summary: 'The Pushgateway {{ $labels.instance }} does not answer.',
        description:
          'Scrapes of {{ $labels.instance }} fail. Batch jobs cannot report their runs, and Prometheus no longer has the metrics of earlier runs.',
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'BatchPusherDown',
        expr: eq(select(up, { job: jobs.batchPusher }), 0),
        for: pending('2m'),
        severity: 'critical',
        summary: 'The batch-pusher {{ $labels.instance }} does not answer.',
        description:
          'Scrapes of {{ $labels.instance }} fail. Jobs cannot report through the batch-pusher, and no ETL run can start there.',
        dashboard: 'airflow-metrics',
      },
      {
        alert: 'PrometheusAgentDown',
        expr: eq(select(up, { job: agentJobs }), 0),
        for: pending('5m'),
        severity: 'warning',
        summary: 'The Prometheus agent of {{ $labels.cluster }} cannot scrape itself.',
        description:
          'The agent {{ $labels.instance }} still sends samples to the central Prometheus, but scrapes of its own metrics fail. Alerts on its remote write cannot fire.',
        dashboard: 'multi-cluster',
      },
      {
        alert: 'ScrapeNearSampleLimit',
        // Without a matcher for `job`, the alert also watches the targets of other teams.
        expr: gt(
          div(select(scrapeSamplesKept), gt(select(sampleLimit), 0)),
          limit(targetThresholds.nearSampleLimit),
        ),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { share: targetThresholds.nearSampleLimit },
        summary:
          'A scrape of {{ $labels.instance }} has {{ $value | humanizePercentage }} of its sample limit.',
        description: text`A scrape of {{ $labels.job }} at {{ $labels.instance }} has {{ $value | humanizePercentage }} of the samples that the target may have. The alert fires above ${targetThresholds.nearSampleLimit}. Above 100 %, Prometheus stores no sample of the target, and the target counts as down.`,
        dashboard: 'pipeline-health',
      },
      {
        alert: 'ScrapeSlow',
        // `up == 1` leaves out failed scrapes, because other alerts cover failed scrapes.
        expr: and(
          gt(select(scrapeDuration, jobsOf(expected)), limit(slowScrape)),
          eq(select(up, jobsOf(expected)), 1),
        ),
        for: pending('10m'),
        severity: 'warning',
        thresholds: { scrape: slowScrape },
        summary: 'A scrape of {{ $labels.instance }} takes {{ $value | humanizeDuration }}.',
        description: text`A scrape of {{ $labels.job }} at {{ $labels.instance }} takes {{ $value | humanizeDuration }}. The alert fires above ${slowScrape}. At the scrape timeout, Prometheus stops the scrape, and the target counts as down.`,
        dashboard: 'pipeline-health',
      },
    ],
  });
