import { alertmanagerMetrics } from '../metrics/definitions/alertmanager.ts';
import { nodeMetrics } from '../metrics/definitions/node.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { type Duration, lookback, pending } from '../metrics/duration.ts';
import {
  absentOverTime,
  and,
  div,
  eq,
  gt,
  increase,
  lt,
  max,
  mul,
  offset,
  or,
  predictLinear,
  range,
  rate,
  select,
  sum,
} from '../metrics/promql.ts';
import { jobs } from '../sources/index.ts';
import { ruleGroup } from './rule.ts';
import { evaluatorJobs, onDisk } from './selectors.ts';
import { text } from './text.ts';
import { count, duration, limit, ratio, span, times } from './threshold.ts';

const central = { job: jobs.prometheus } as const;
const evaluators = { job: evaluatorJobs } as const;
const { ruleFailures, ruleGroupDuration, ruleGroupInterval, headSeries } = prometheusMetrics;
const { notificationsFailed, notifications } = alertmanagerMetrics;
const window = lookback('5m');
const quarter = lookback('15m');
const hour = lookback('1h');
const sixHours = lookback('6h');
const storeGap = lookback('3m');
const aDayAgo: Duration = { production: '1d', laptop: '1h' };

export const monitoringThresholds = {
  /** Evaluation time of a rule group, divided by its interval. */
  slowRules: ratio(0.5, 0.1, 1),
  seriesGrowth: times(2, 1.1, 20),
  /** PrometheusSeriesGrowing does not fire while Prometheus has fewer series in memory than this number. */
  fewestSeries: count(100_000, 1000, 100_000_000),
  failedNotifications: ratio(0.01, 0.0001, 0.5),
  freeDisk: ratio(0.15, 0.01, 0.9),
  diskFullIn: duration({ production: '4h', laptop: '4h' }, '1h', '7d'),
} as const;

export const monitoringRules = ruleGroup({
  name: 'monitoring',
  alerting: [
    {
      alert: 'RuleEvaluationFailing',
      expr: gt(increase(range(select(ruleFailures, central), window)), 0),
      for: pending('5m'),
      severity: 'critical',
      windows: [window],
      summary: 'Prometheus {{ $labels.instance }} cannot evaluate rules of {{ $labels.rule_group }}.',
      description: text`{{ $value | humanize }} evaluations of {{ $labels.rule_group }} failed within ${window}. Alerts of that group can be missing.`,
      dashboard: 'pipeline-health',
      chartAlert: 'PrometheusRuleFailures',
    },
    {
      alert: 'RuleGroupSlow',
      expr: gt(
        div(select(ruleGroupDuration, evaluators), select(ruleGroupInterval, evaluators)),
        limit(monitoringThresholds.slowRules),
      ),
      for: pending('15m'),
      severity: 'warning',
      thresholds: { share: monitoringThresholds.slowRules },
      summary:
        'An evaluation of {{ $labels.rule_group }} takes {{ $value | humanizePercentage }} of its interval.',
      description: text`An evaluation of {{ $labels.rule_group }} takes {{ $value | humanizePercentage }} of the time between two evaluations. The alert fires above ${monitoringThresholds.slowRules}. Above 100 %, Prometheus skips evaluations, and alerts fire late.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusConfigReloadFailed',
      expr: eq(select(prometheusMetrics.configReloaded, central), 0),
      for: pending('10m'),
      severity: 'critical',
      summary: 'Prometheus {{ $labels.instance }} could not load its configuration.',
      description:
        '{{ $labels.instance }} runs with its earlier configuration. After a restart, Prometheus cannot start with the new configuration.',
      dashboard: 'pipeline-health',
      chartAlert: 'PrometheusBadConfig',
    },
    {
      alert: 'PrometheusWalDamaged',
      expr: or(
        gt(increase(range(select(prometheusMetrics.walCorruptions, central), hour)), 0),
        gt(increase(range(select(prometheusMetrics.walWritesFailed, central), hour)), 0),
      ),
      severity: 'critical',
      windows: [hour],
      summary: 'The write-ahead log of Prometheus {{ $labels.instance }} is damaged.',
      description:
        'The write-ahead log of {{ $labels.instance }} is corrupt, or Prometheus could not write to the log. Recent samples may be lost at the next restart. The disk may be full or failing.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusStoresNothing',
      // A counter of failed writes would not help. Prometheus could not store the counter's samples.
      expr: max(absentOverTime(range(select(targetMetrics.up, central), storeGap))),
      for: pending('3m'),
      severity: 'critical',
      windows: [storeGap],
      summary: 'Prometheus stores no samples of its own metrics.',
      description: text`Prometheus has stored no sample of its own metrics for ${storeGap}, but the rules are still evaluated. Its disk is full or failing, its own target is missing, or, with the engine thanos, Prometheus does not run or its samples do not reach Thanos. If only its target is missing, the samples of other targets are still stored. Otherwise alerts on other targets cannot fire correctly.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusSeriesGrowing',
      expr: and(
        gt(
          select(headSeries, central),
          mul(limit(monitoringThresholds.seriesGrowth), offset(select(headSeries, central), aDayAgo)),
        ),
        gt(select(headSeries, central), limit(monitoringThresholds.fewestSeries)),
      ),
      for: pending('1h'),
      severity: 'warning',
      thresholds: { growth: monitoringThresholds.seriesGrowth, fewest: monitoringThresholds.fewestSeries },
      windows: [aDayAgo],
      summary: text`Prometheus {{ $labels.instance }} has more than ${monitoringThresholds.seriesGrowth} times as many series as ${aDayAgo} ago.`,
      description: text`{{ $labels.instance }} holds {{ $value | humanize }} series in memory, more than ${monitoringThresholds.seriesGrowth} times as many as ${aDayAgo} ago. Probably a label gets new values all the time. If the growth continues, Prometheus runs out of memory.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusRetentionCutBySize',
      expr: gt(increase(range(select(prometheusMetrics.sizeRetentions, central), aDayAgo)), 0),
      severity: 'info',
      windows: [aDayAgo],
      summary: 'Prometheus {{ $labels.instance }} deletes old blocks because they exceed the size limit.',
      description: text`Within ${aDayAgo}, {{ $labels.instance }} deleted blocks {{ $value | humanize }} times before the end of their retention time, because all blocks together exceeded the size limit.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'AlertsDropped',
      expr: gt(
        sum(increase(range(select(prometheusMetrics.alertsDropped, central), quarter)), [
          'instance',
          'alertmanager',
        ]),
        0,
      ),
      severity: 'critical',
      windows: [quarter],
      summary: 'Prometheus {{ $labels.instance }} dropped alerts on their way to Alertmanager.',
      description: text`{{ $labels.instance }} dropped {{ $value | humanize }} alerts for {{ $labels.alertmanager }} within ${quarter}, because Alertmanager did not answer in time or refused the alerts. Notifications of those alerts may be missing.`,
      dashboard: 'pipeline-health',
    },
    {
      alert: 'AlertmanagerDown',
      expr: eq(select(targetMetrics.up, { job: jobs.alertmanager }), 0),
      for: pending('5m'),
      severity: 'critical',
      summary: 'Alertmanager {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. While no Alertmanager answers, alerts fire and nobody is notified.',
      dashboard: 'pipeline-health',
      chartAlert: 'AlertmanagerClusterDown',
    },
    {
      alert: 'NotificationsFailing',
      expr: gt(
        div(
          sum(rate(range(select(notificationsFailed), window)), ['instance', 'integration']),
          sum(rate(range(select(notifications), window)), ['instance', 'integration']),
        ),
        limit(monitoringThresholds.failedNotifications),
      ),
      for: pending('5m'),
      severity: 'critical',
      thresholds: { failed: monitoringThresholds.failedNotifications },
      windows: [window],
      summary: 'Alertmanager cannot notify through {{ $labels.integration }}.',
      description: text`{{ $value | humanizePercentage }} of the notifications that {{ $labels.instance }} sends through {{ $labels.integration }} fail. The alert fires above ${monitoringThresholds.failedNotifications}.`,
      dashboard: 'pipeline-health',
      chartAlert: 'AlertmanagerFailedToSendAlerts',
    },
    {
      alert: 'DiskFilling',
      expr: and(
        lt(
          div(select(nodeMetrics.filesystemAvailable, onDisk), select(nodeMetrics.filesystemSize, onDisk)),
          limit(monitoringThresholds.freeDisk),
        ),
        lt(
          predictLinear(
            range(select(nodeMetrics.filesystemAvailable, onDisk), sixHours),
            span(monitoringThresholds.diskFullIn),
          ),
          // For a disk that stays full, the forecast is exactly 0 bytes.
          1,
        ),
      ),
      for: pending('30m'),
      severity: 'critical',
      thresholds: { free: monitoringThresholds.freeDisk, fullIn: monitoringThresholds.diskFullIn },
      windows: [sixHours],
      summary: text`{{ $labels.mountpoint }} of {{ $labels.instance }} will be full within ${monitoringThresholds.diskFullIn}.`,
      description: text`{{ $value | humanizePercentage }} of {{ $labels.device }} at {{ $labels.mountpoint }} is free. The alert fires below ${monitoringThresholds.freeDisk}. At the present rate, the file system will be full within ${monitoringThresholds.diskFullIn}. Prometheus, the Pushgateway and NATS cannot write to a full disk.`,
      dashboard: 'pipeline-health',
      chartAlert: 'NodeFilesystemSpaceFillingUp',
    },
  ],
});
