import { alertmanagerMetrics } from '../metrics/definitions/alertmanager.ts';
import { nodeMetrics } from '../metrics/definitions/node.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../metrics/definitions/target.ts';
import { lookback, pending } from '../metrics/duration.ts';
import {
  and,
  div,
  eq,
  gt,
  increase,
  lt,
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
import type { RuleGroup } from './rule.ts';
import { onDisk } from './selectors.ts';

const central = { job: jobs.prometheus } as const;
const { ruleFailures, ruleGroupDuration, ruleGroupInterval, headSeries } = prometheusMetrics;
const { notificationsFailed, notifications } = alertmanagerMetrics;
const hour = lookback('1h');

/** Whether the monitoring itself can be relied on. */
export const monitoringRules: RuleGroup = {
  name: 'monitoring',
  alerting: [
    {
      alert: 'RuleEvaluationFailing',
      expr: gt(increase(range(select(ruleFailures, central), lookback('5m'))), 0),
      for: pending('5m'),
      severity: 'critical',
      summary: 'Prometheus {{ $labels.instance }} cannot evaluate rules of {{ $labels.rule_group }}.',
      description:
        '{{ $value | humanize }} evaluations of {{ $labels.rule_group }} failed within minutes. An alert of that group may be missing.',
      dashboard: 'pipeline-health',
      chartAlert: 'PrometheusRuleFailures',
    },
    {
      alert: 'RuleGroupSlow',
      expr: gt(div(select(ruleGroupDuration, central), select(ruleGroupInterval, central)), 0.5),
      for: pending('15m'),
      severity: 'warning',
      summary: 'Evaluating {{ $labels.rule_group }} takes {{ $value | humanizePercentage }} of its interval.',
      description:
        'An evaluation of {{ $labels.rule_group }} takes {{ $value | humanizePercentage }} of the time between two. Beyond 100 %, evaluations are left out and alerts come late.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusConfigReloadFailed',
      expr: eq(select(prometheusMetrics.configReloaded, central), 0),
      for: pending('10m'),
      severity: 'critical',
      summary: 'Prometheus {{ $labels.instance }} could not load its configuration.',
      description:
        '{{ $labels.instance }} goes on with its earlier configuration, and would not start again with this one.',
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
      summary: 'The write-ahead log of Prometheus {{ $labels.instance }} is damaged.',
      description:
        '{{ $labels.instance }} found its write-ahead log corrupt or could not write it. Recent samples may be lost at the next restart; its disk may be full or failing.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusSeriesGrowing',
      expr: and(
        gt(
          select(headSeries, central),
          mul(2, offset(select(headSeries, central), { production: '1d', laptop: '1h' })),
        ),
        gt(select(headSeries, central), 100_000),
      ),
      for: pending('1h'),
      severity: 'warning',
      summary: 'Prometheus {{ $labels.instance }} has twice as many series as a day ago.',
      description:
        '{{ $labels.instance }} holds {{ $value | humanize }} series in memory, more than twice as many as a day ago. A label probably takes ever new values; memory runs out next.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'PrometheusRetentionCutBySize',
      expr: gt(
        increase(
          range(select(prometheusMetrics.sizeRetentions, central), { production: '1d', laptop: '1h' }),
        ),
        0,
      ),
      severity: 'info',
      summary: 'Prometheus {{ $labels.instance }} deletes history for want of space.',
      description:
        '{{ $labels.instance }} deleted blocks {{ $value | humanize }} times within a day because of their size, before they had reached the retention time.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'AlertsDropped',
      expr: gt(
        sum(increase(range(select(prometheusMetrics.alertsDropped, central), lookback('15m'))), [
          'instance',
          'alertmanager',
        ]),
        0,
      ),
      severity: 'critical',
      summary: 'Prometheus {{ $labels.instance }} dropped alerts on their way to Alertmanager.',
      description:
        '{{ $value | humanize }} alerts for {{ $labels.alertmanager }} were dropped: it does not answer, or not in time. What should have paged may not have.',
      dashboard: 'pipeline-health',
    },
    {
      alert: 'AlertmanagerDown',
      expr: eq(select(targetMetrics.up, { job: jobs.alertmanager }), 0),
      for: pending('5m'),
      severity: 'critical',
      summary: 'Alertmanager {{ $labels.instance }} does not answer.',
      description:
        'Scrapes of {{ $labels.instance }} fail. While no Alertmanager answers, alerts fire and nobody is told.',
      dashboard: 'pipeline-health',
      chartAlert: 'AlertmanagerClusterDown',
    },
    {
      alert: 'NotificationsFailing',
      expr: gt(
        div(
          sum(rate(range(select(notificationsFailed), lookback('5m'))), ['instance', 'integration']),
          sum(rate(range(select(notifications), lookback('5m'))), ['instance', 'integration']),
        ),
        0.01,
      ),
      for: pending('5m'),
      severity: 'critical',
      summary: 'Alertmanager cannot notify through {{ $labels.integration }}.',
      description:
        '{{ $value | humanizePercentage }} of the notifications that {{ $labels.instance }} sends through {{ $labels.integration }} fail.',
      dashboard: 'pipeline-health',
      chartAlert: 'AlertmanagerFailedToSendAlerts',
    },
    {
      alert: 'DiskFilling',
      expr: and(
        lt(
          div(select(nodeMetrics.filesystemAvailable, onDisk), select(nodeMetrics.filesystemSize, onDisk)),
          0.15,
        ),
        lt(
          predictLinear(range(select(nodeMetrics.filesystemAvailable, onDisk), lookback('6h')), {
            production: '4h',
            laptop: '4h',
          }),
          0,
        ),
      ),
      for: pending('30m'),
      severity: 'critical',
      summary: '{{ $labels.mountpoint }} of {{ $labels.instance }} will be full within four hours.',
      description:
        '{{ $value | humanizePercentage }} of {{ $labels.device }} at {{ $labels.mountpoint }} is free, and as it goes it will be full within four hours. Prometheus, Pushgateway and NATS stop writing then.',
      dashboard: 'pipeline-health',
      chartAlert: 'NodeFilesystemSpaceFillingUp',
    },
  ],
};
