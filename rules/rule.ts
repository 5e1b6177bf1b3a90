import type { MetricDefinition } from '../metrics/definition.ts';
import type { Duration, Profile } from '../metrics/duration.ts';
import type { Expression } from '../metrics/promql.ts';
import type { AlertText } from './text.ts';
import type { Threshold } from './threshold.ts';

/** `critical` pages at once, `warning` waits for working hours, `info` explains other alerts and notifies nobody. */
export type Severity = 'critical' | 'warning' | 'info';

/** Uids of the dashboards that alerts link to. */
export const dashboardUids = [
  'nats',
  'usdt-vnd',
  'multi-cluster',
  'airflow-metrics',
  'pipeline-health',
] as const;

export type DashboardUid = (typeof dashboardUids)[number];

export interface RecordingRule {
  /** The metric that is stored. Expressions that read it use the same definition. */
  readonly record: MetricDefinition;
  readonly expr: Expression;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: Expression;
  /** How long the condition holds before the alert fires. @default it fires at once */
  readonly for?: Duration;
  readonly severity: Severity;
  /** The numbers that the expression compares with, by a name that is unique in the rule. @default it compares with 0 or 1 */
  readonly thresholds?: Readonly<Record<string, Threshold>>;
  /** Lengths of the ranges and offsets of the expression. @default the expression has no range and no offset */
  readonly windows?: readonly Duration[];
  /** One line, with the labels that name the place. */
  readonly summary: AlertText;
  /** What happened, with values, and its consequence. */
  readonly description: AlertText;
  readonly dashboard: DashboardUid;
  /** The default rule of kube-prometheus-stack for the same fault: where that chart runs, this rule is left out. */
  readonly chartAlert?: string;
}

export interface RuleGroup {
  readonly name: string;
  /** Time between evaluations. @default the setting of Prometheus */
  readonly interval?: Duration;
  /** The only profile that has the programs of this group. @default both */
  readonly only?: Profile;
  readonly recording?: readonly RecordingRule[];
  readonly alerting?: readonly AlertingRule[];
}

/** A rule as Prometheus reads it from a file or a PrometheusRule. */
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
