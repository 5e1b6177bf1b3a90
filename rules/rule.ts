import type { MetricDefinition } from '../metrics/definition.ts';
import type { Duration, Profile } from '../metrics/duration.ts';
import type { Expression } from '../metrics/promql.ts';
import type { Expected } from '../sources/index.ts';
import type { AlertText } from './text.ts';
import type { DurationThreshold, Threshold } from './threshold.ts';

/**
 * `critical` pages immediately, `warning` can wait for working hours, and `info` only explains other alerts and sends
 * no notification.
 */
export type Severity = 'critical' | 'warning' | 'info';

/** Uids of the dashboards that every environment has, in the order of the demo. */
export const dashboardUids = [
  'nats',
  'usdt-vnd',
  'multi-cluster',
  'airflow-metrics',
  'pipeline-health',
] as const;

/** Uids of the dashboards of Thanos; the last one needs an object store. */
export const thanosDashboardUids = ['thanos', 'thanos-store'] as const;

export type DashboardUid = (typeof dashboardUids | typeof thanosDashboardUids)[number];

/** Uids of the dashboards that an environment has. */
export function dashboardUidsFor({
  thanos,
  objectStore,
}: Pick<Expected, 'thanos' | 'objectStore'>): readonly DashboardUid[] {
  const ofThanos = thanos ? thanosDashboardUids : [];
  return [...dashboardUids, ...ofThanos.filter((uid) => uid !== 'thanos-store' || objectStore)];
}

export interface RecordingRule {
  /** The metric that the rule stores. Expressions that use this metric read the same definition. */
  readonly record: MetricDefinition;
  readonly expr: Expression;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: Expression;
  /**
   * Time for which the condition must be true before the alert fires.
   * @default the alert fires immediately
   */
  readonly for?: Duration;
  readonly severity: Severity;
  /**
   * Thresholds in the expression by name; each name is unique in the rule.
   * @default the expression compares only with 0 or 1
   */
  readonly thresholds?: Readonly<Record<string, Threshold>>;
  /**
   * Lengths of all ranges and offsets in the expression.
   * @default the expression has no range and no offset
   */
  readonly windows?: readonly Duration[];
  /**
   * Time for which the condition stays true after one event, although the event is over. A `for` that is not much
   * shorter would prevent the alert.
   * @default the condition is true as long as the fault lasts
   */
  readonly lasts?: Duration | DurationThreshold;
  /** One line with the labels that say which object has the fault. */
  readonly summary: AlertText;
  /** The fault with its values, and the consequence of the fault. */
  readonly description: AlertText;
  readonly dashboard: DashboardUid;
  /**
   * Name of the alert in kube-prometheus-stack for the same fault. This rule is left out if the chart's default rules
   * run.
   */
  readonly chartAlert?: string;
}

export interface RuleGroup {
  readonly name: string;
  /**
   * Time between two evaluations.
   * @default Prometheus' `evaluation_interval`
   */
  readonly interval?: Duration;
  /**
   * The only profile that runs the programs of this group.
   * @default both profiles run them
   */
  readonly only?: Profile;
  /**
   * The engine to which the programs of this group belong. The group exists where this engine runs, also during a move.
   * @default the programs run with every engine
   */
  readonly engine?: 'thanos';
  /**
   * What the environment must have for the programs of this group.
   * @default nothing
   */
  readonly needs?: 'object-store';
  readonly recording?: readonly RecordingRule[];
  readonly alerting?: readonly AlertingRule[];
}

/** Declares a group and keeps the literal names of its alerts and thresholds, for the types of the overrides. */
export const ruleGroup = <const G extends RuleGroup>(group: G): G => group;

/** A rule in the form of a Prometheus rule file or a PrometheusRule object. */
export type PrometheusRule =
  | {
      readonly record: string;
      readonly expr: string;
      readonly labels?: Readonly<Record<string, string>>;
    }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly PrometheusRule[];
}
