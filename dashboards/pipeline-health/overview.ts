import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { constant, count, eq, max, or, range, rate, select, sum } from '../../metrics/promql.ts';
import { evaluatorJobs } from '../../rules/selectors.ts';
import { jobs } from '../../sources/index.ts';
import { rateInterval, stat } from '../panel.ts';
import { scope } from '../variables.ts';
import { everyAlertFiring } from './alerting.ts';

const evaluators = { ...scope, job: evaluatorJobs } as const;
const central = { ...scope, job: jobs.prometheus } as const;

export const alertsNow = () =>
  stat({
    title: 'All alerts firing',
    description: 'Alerts of all dashboards that fire now, including those of the default rules of the chart.',
    unit: 'short',
    queries: [[or(count(everyAlertFiring), constant(0)), 'firing']],
    thresholds: [
      [1, 'yellow'],
      [5, 'red'],
    ],
  });

export const targetsDown = () =>
  stat({
    title: 'Targets down',
    description: 'Targets whose last scrape failed.',
    unit: 'short',
    queries: [[or(count(eq(select(targetMetrics.up, scope), 0)), constant(0)), 'down']],
    thresholds: [[1, 'red']],
  });

export const ruleTime = () =>
  stat({
    title: 'Evaluation of all rules',
    description: 'Time that one evaluation of all rule groups takes.',
    unit: 's',
    // The maximum, because both rulers of Thanos evaluate the same rules.
    queries: [[max(sum(select(prometheusMetrics.ruleGroupDuration, evaluators), ['instance'])), 'rules']],
    thresholds: [
      [1, 'yellow'],
      [10, 'red'],
    ],
  });

export const ingestion = () =>
  stat({
    title: 'Samples ingested',
    description: 'Samples a second that the central Prometheus stores, scraped and received.',
    unit: 'short',
    queries: [
      [sum(rate(range(select(prometheusMetrics.samplesAppended, central), rateInterval))), 'samples'],
    ],
    decimals: 0,
  });

export const seriesNow = () =>
  stat({
    title: 'Series',
    description: 'Series in memory of the central Prometheus.',
    unit: 'short',
    queries: [[sum(select(prometheusMetrics.headSeries, central)), 'series']],
  });
