import type { MetricDefinition } from '../metrics/definition.ts';
import type { Duration, Profile } from '../metrics/duration.ts';
import type { Expression } from '../metrics/promql.ts';
import type { Expected } from '../sources/index.ts';
import type { AlertText } from './text.ts';
import type { DurationThreshold, Threshold } from './threshold.ts';

/**
 * Severity of an alert:
 * - `critical` pages an operator.
 * - `warning` can wait for working hours.
 * - `info` notifies only receivers that list `info`.
 */
export type Severity = 'critical' | 'warning' | 'info';

/** Uids of the dashboards of every environment. The demo shows the dashboards in this order. */
export const dashboardUids = [
  'nats',
  'usdt-vnd',
  'multi-cluster',
  'airflow-metrics',
  'pipeline-health',
] as const;

/** Additional dashboards of an environment with Thanos. `thanos-store` also needs an object store. */
export const thanosDashboardUids = ['thanos', 'thanos-store'] as const;

export type DashboardUid = (typeof dashboardUids | typeof thanosDashboardUids)[number];

export function dashboardUidsFor({
  thanos,
  objectStore,
}: Pick<Expected, 'thanos' | 'objectStore'>): readonly DashboardUid[] {
  const ofThanos = thanos ? thanosDashboardUids : [];
  return [...dashboardUids, ...ofThanos.filter((uid) => uid !== 'thanos-store' || objectStore)];
}

export interface RecordingRule {
  readonly record: MetricDefinition;
  readonly expr: Expression;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: Expression;
  /**
   * Time for which the condition must be true before the alert fires.
   * @default zero
   */
  readonly for?: Duration;
  readonly severity: Severity;
  /**
   * Thresholds in the expression, by name. The constants 0 and 1 need no threshold.
   * @default none
   */
  readonly thresholds?: Readonly<Record<string, Threshold>>;
  /**
   * Lengths of all ranges and offsets in the expression.
   * @default none
   */
  readonly windows?: readonly Duration[];
  /**
   * How long a single event keeps the condition true. `for` must be shorter.
   * If undefined, the condition stays true until the fault ends.
   */
  readonly lasts?: Duration | DurationThreshold;
  /** One line of text. It contains the labels that identify the faulty object. */
  readonly summary: AlertText;
  /** What is wrong, the measured values, and the consequence. */
  readonly description: AlertText;
  readonly dashboard: DashboardUid;
  /** Name of a kube-prometheus-stack alert on the same fault. Where that alert is enabled, the rule is not used. */
  readonly chartAlert?: string;
}

export interface RuleGroup {
  readonly name: string;
  /**
   * Time between two evaluations.
   * @default `evaluation_interval` of Prometheus
   */
  readonly interval?: Duration;
  /**
   * The group exists only in this profile.
   * @default both profiles
   */
  readonly only?: Profile;
  readonly engine?: 'thanos';
  /**
   * The group exists only in environments with this feature.
   * @default every environment
   */
  readonly needs?: 'object-store' | 'ruler-notifications';
  readonly recording?: readonly RecordingRule[];
  readonly alerting?: readonly AlertingRule[];
}

/**
 * Returns `group` with literal types for the names of alerts and thresholds.
 * Without literal types, the compiler could not check these names in overrides.
 */
export const ruleGroup = <const G extends RuleGroup>(group: G): G => group;

/** A rule of a Prometheus rule file or of a PrometheusRule object. */
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
