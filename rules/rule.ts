import type { MetricDefinition } from '../metrics/definition.ts';
import type { Duration, Profile } from '../metrics/duration.ts';
import type { Expression } from '../metrics/promql.ts';

/** `critical` wakes someone, `warning` waits for the morning, `info` explains other alerts and notifies nobody. */
export type Severity = 'critical' | 'warning' | 'info';

/** Dashboards that alerts lead to; their uids. */
export type DashboardUid = 'nats' | 'multi-cluster' | 'airflow-metrics' | 'usdt-vnd' | 'pipeline-health';

export interface RecordingRule {
  /** What is stored, so that its readers are built from the same definition. */
  readonly record: MetricDefinition;
  readonly expr: Expression;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: Expression;
  /** How long the condition holds before it fires; at once, if not given. */
  readonly for?: Duration;
  readonly severity: Severity;
  /** One line, with the labels that say where; Go template of Prometheus. */
  readonly summary: string;
  /** What happened, with values, and what follows from it; Go template of Prometheus. */
  readonly description: string;
  readonly dashboard: DashboardUid;
  /** The default rule of kube-prometheus-stack that says the same: where that chart runs, this rule is left out. */
  readonly chartAlert?: string;
}

export interface RuleGroup {
  readonly name: string;
  /** Between evaluations, where that matters; else Prometheus's own setting. */
  readonly interval?: Duration;
  /** The one place whose programs it looks at. @default both */
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
