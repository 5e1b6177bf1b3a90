import { jobs, sourceList } from '../../sources/index.ts';
import { targetMetrics } from '../definitions/target.ts';
import { lookback, pending } from '../duration.ts';
import {
  above,
  and,
  equal,
  group,
  inSeconds,
  lastOverTime,
  matching,
  over,
  select,
  unless,
} from '../promql.ts';
import type { RuleGroup } from './rule.ts';
import { agentJobs, natsJobs } from './selectors.ts';

const { up, scrapeDuration } = targetMetrics;

/** Jobs of the sources that the alerts of the pipeline watch; each cluster's jobs once. */
const pipelineJobs = [
  ...new Set(
    sourceList.filter(({ watched }) => watched).map(({ job, jobsOfAllClusters }) => jobsOfAllClusters ?? job),
  ),
].join('|');
const ours = { job: matching(pipelineJobs) } as const;
const where = ['job', 'cluster'] as const;
/** Four fifths of the time after which a scrape is given up: 10 s, on the laptop its interval of 5 s. */
const nearTimeout = { production: '8s', laptop: '4s' } as const;

/** Whether what is scraped is there and answers. */
export const targetRules: RuleGroup = {
  name: 'targets',
  alerting: [
    {
      alert: 'TargetMissing',
      expr: unless(
        group(lastOverTime(over(select(up, ours), lookback('1h'))), where),
        group(select(up, ours), where),
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
      expr: equal(select(up, { job: natsJobs }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The NATS exporter {{ $labels.instance }} of {{ $labels.cluster }} does not answer.',
      description:
        'Scrapes of {{ $labels.job }} at {{ $labels.instance }} fail. Nothing is known of NATS in {{ $labels.cluster }} until they succeed.',
      dashboard: 'nats',
    },
    {
      alert: 'UsdtExporterDown',
      expr: equal(select(up, { job: jobs.usdtExporter }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The USDT exporter {{ $labels.instance }} does not answer.',
      description: 'Scrapes of {{ $labels.instance }} fail, so that there is no USDT/VND rate.',
      dashboard: 'usdt-vnd',
    },
    {
      alert: 'PushgatewayDown',
      expr: equal(select(up, { job: jobs.pushgateway }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The Pushgateway {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. Batch runs cannot report, and the figures of earlier runs are gone from Prometheus.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'BatchPusherDown',
      expr: equal(select(up, { job: jobs.batchPusher }), 0),
      for: pending('2m'),
      severity: 'critical',
      summary: 'The batch-pusher {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. Jobs that report through it cannot, and no ETL run can be started.',
      dashboard: 'airflow-metrics',
    },
    {
      alert: 'PrometheusAgentDown',
      expr: equal(select(up, { job: agentJobs }), 0),
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
      expr: and(above(select(scrapeDuration, ours), inSeconds(nearTimeout)), equal(select(up, ours), 1)),
      for: pending('10m'),
      severity: 'warning',
      summary: 'Scraping {{ $labels.instance }} takes {{ $value | humanizeDuration }}.',
      description:
        'A scrape of {{ $labels.job }} at {{ $labels.instance }} takes {{ $value | humanizeDuration }}, four fifths or more of what it may: a little slower and it is given up, and the target counts as down.',
      dashboard: 'pipeline-health',
    },
  ],
};
