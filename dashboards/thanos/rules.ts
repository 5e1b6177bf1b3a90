import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { thanosRuleMetrics } from '../../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../../metrics/definitions/thanos-connections.ts';
import { add, div, max, range, rate, select, sum } from '../../metrics/promql.ts';
import { monitoringThresholds } from '../../rules/monitoring.ts';
import { rulerThresholds } from '../../rules/thanos-rulers.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ruler = { ...scope, job: jobs.thanosRuler } as const;

export const evaluations = () =>
  timeseries({
    title: 'Evaluations of rules per second',
    description:
      'Evaluations of each ruler, and evaluations that failed. A failed evaluation can hide an alert.',
    unit: 'short',
    queries: [
      [
        sum(rate(range(select(thanosConnectionMetrics.ruleEvaluations, ruler), rateInterval)), ['instance']),
        '{{instance}}',
      ],
      [
        sum(rate(range(select(prometheusMetrics.ruleFailures, ruler), rateInterval)), ['instance']),
        '{{instance}} failed',
      ],
    ],
    min: 0,
  });

export const groupShare = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Evaluation of rule groups, share of the interval',
    description: 'Duration of the last evaluation of each group, divided by the interval of the group.',
    unit: 'percentunit',
    queries: [
      [
        max(
          div(
            select(prometheusMetrics.ruleGroupDuration, ruler),
            select(prometheusMetrics.ruleGroupInterval, ruler),
          ),
          ['rule_group'],
        ),
        '{{rule_group}}',
      ],
    ],
    thresholds: [[drawn(monitoringThresholds.slowRules), 'red']],
    min: 0,
  });

export const alerts = () =>
  timeseries({
    title: 'Alerts of the rulers per second',
    description: 'Alerts that the rulers drop before an Alertmanager receives them. Should be 0.',
    unit: 'short',
    queries: [
      [
        sum(
          add(
            rate(range(select(thanosRuleMetrics.alertsDropped, ruler), rateInterval)),
            rate(range(select(thanosRuleMetrics.alertsOverflowed, ruler), rateInterval)),
          ),
          ['instance'],
        ),
        '{{instance}} dropped',
      ],
    ],
    min: 0,
  });

const written = (metric: (typeof remoteWriteMetrics)['sent' | 'failed' | 'retried']) =>
  sum(rate(range(select(metric, ruler), rateInterval)), ['instance']);

export const failedWrites = ({ drawn }: ThresholdReader) =>
  timeseries({
    title: 'Recorded samples that the rulers cannot store',
    description:
      'Share of the samples in attempts to write that the routers do not accept. Alerts on recorded series need these samples. Should be 0.',
    unit: 'percentunit',
    queries: [
      [
        div(
          add(written(remoteWriteMetrics.failed), written(remoteWriteMetrics.retried)),
          written(remoteWriteMetrics.sent),
        ),
        '{{instance}}',
      ],
    ],
    thresholds: [[drawn(rulerThresholds.failedRecordings), 'red']],
    min: 0,
  });
