import type { Duration } from '../duration.ts';
import type { Expression } from '../promql.ts';

/** `critical` wakes someone, `warning` waits for the morning, `info` explains other alerts and notifies nobody. */
export type Severity = 'critical' | 'warning' | 'info';

export interface RecordingRule {
  /** `level:metric:operations`, or the name that dashboards and readers rely on. */
  readonly record: string;
  readonly expr: Expression;
  /** What the recorded series says, for the catalogue; Prometheus does not keep it. */
  readonly help: string;
  /** Unit of the value, as in a metric's definition. */
  readonly unit: string;
  /** Label names of the recorded series that are not those of the target. */
  readonly labels: readonly string[];
}

/** Dashboards that alerts lead to; their uids. */
export type DashboardUid = 'nats' | 'multi-cluster' | 'airflow-metrics' | 'usdt-vnd' | 'pipeline-health';

export interface AlertingRule {
  readonly alert: string;
  readonly expr: Expression;
  readonly for?: Duration;
  /** Bridges gaps of the expression, so that the alert does not flap. */
  readonly keepFiringFor?: Duration;
  readonly severity: Severity;
  /** One line, with the labels that say where; Go template of Prometheus. */
  readonly summary: string;
  /** What happened, with values, and what follows from it; Go template of Prometheus. */
  readonly description: string;
  readonly dashboard: DashboardUid;
  /** Further labels, on which routes and inhibitions match. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
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
      readonly keep_firing_for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly PrometheusRule[];
}
