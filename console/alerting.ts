import type { ExpectedAlert } from './controls/faults.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alerting rule of Prometheus. Its annotations are templates; an active alert has the rendered texts. */
export interface AlertRule {
  readonly alert: string;
  readonly group: string;
  /** Seconds between two evaluations. */
  readonly intervalSeconds: number;
  /** The condition in PromQL. */
  readonly expr: string;
  /** Time for which the condition must be true before the alert fires. */
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly severity: string;
  /** Labels that the rule adds. */
  readonly labels: Labels;
  readonly summary: string;
  readonly description: string;
  /** Whether `/runbooks/<alert>.md` exists on the console. */
  readonly hasRunbook: boolean;
  /** Uid of the dashboard that helps to find the cause of the alert. */
  readonly dashboard?: string;
  /** Error of Prometheus; absent while Prometheus can evaluate the rule. */
  readonly error?: string;
}

/** One set of labels for which the condition of a rule is true. */
export interface ActiveAlert {
  readonly alert: string;
  /** Includes `alertname` and `severity`. */
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
  /** Value of the expression, in the notation of Prometheus. */
  readonly value: string;
  /** Unix time in milliseconds of the first evaluation with a true condition. */
  readonly activeAt: number;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  /** Alerts that inhibit this alert. While they fire, Alertmanager does not notify of this alert. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of the silences for this alert. */
  readonly silencedBy: readonly string[];
}

export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** True: the label `name` of an alert must match `value`. False: it must not match. */
  readonly isEqual: boolean;
}

/** A silence of Alertmanager that is active or starts later. */
export interface Silence {
  readonly id: string;
  readonly state: 'active' | 'pending';
  readonly matchers: readonly SilenceMatcher[];
  /** Unix times in milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

/** A program does not answer. The console shows its last known data. */
export interface Stale {
  readonly error: string;
  /**
   * Unix time in milliseconds of the program's last answer. Absent without an answer since the start of the console.
   */
  readonly since?: number;
}

/** Pending and firing alerts, and all silences. */
export interface ActiveAlerts {
  readonly active: readonly ActiveAlert[];
  readonly silences: readonly Silence[];
  /** Present while Prometheus does not answer. `active` then has the alerts of its last answer. */
  readonly prometheus?: Stale;
  /** Present while Alertmanager does not answer. Silences and inhibitions are then from its last answer. */
  readonly alertmanager?: Stale;
}

/** The steps of an incident, in their usual order. */
export const incidentSteps = [
  'faultInjected',
  'conditionTrue',
  'pending',
  'firing',
  'notified',
  'faultRestored',
  'conditionFalse',
  'resolved',
] as const;
export type IncidentStep = (typeof incidentSteps)[number];

/**
 * State of an incident:
 * - `pending`, `firing`: the states of Prometheus
 * - `ended`: the condition is no longer true, but the console has not received a resolved notification. Alertmanager
 *   sends a resolved notification only after a firing notification.
 * - `resolved`: the console has received the resolved notification
 */
export type IncidentState = 'pending' | 'firing' | 'ended' | 'resolved';

/** One occurrence of an alert, from the start of its condition to its end, for one set of labels. */
export interface Incident {
  /** Unique until the console restarts. */
  readonly id: string;
  readonly alert: string;
  /** Includes `alertname` and `severity`. */
  readonly labels: Labels;
  readonly severity: string;
  readonly summary: string;
  readonly state: IncidentState;
  /**
   * The injected fault that caused the incident: this alert is in the fault's list of alerts, and the fault was
   * injected before the alert became active. The times are Unix times in milliseconds.
   */
  readonly fault?: { readonly name: string; readonly injectedAt: number; readonly restoredAt?: number };
  /**
   * Unix times of the steps in milliseconds. A step that has not happened is absent. `null`: it has happened at an
   * unknown time.
   *
   * - `faultInjected`, `faultRestored`: the injection and the end of `fault`.
   * - `conditionTrue`: with a fault, the first time after the injection at which the expression returned these labels.
   *   Without a fault, the condition was true without a break from this time until `pending`. The resolution is one
   *   second.
   * - `pending`: the first evaluation with a true condition. An alert without `for` fires in the same evaluation.
   * - `firing`: the first evaluation in which the alert fires.
   * - `notified`: the console received the firing notification.
   * - `conditionFalse`: the expression no longer returned these labels. The resolution is one second.
   * - `resolved`: the console received the resolved notification.
   */
  readonly times: { readonly [Step in IncidentStep]?: number | null };
  /**
   * Seconds between a step and the step before it. `faultInjected` and `faultRestored` have no step before them. A step
   * with an unknown time is left out.
   */
  readonly seconds: { readonly [Step in IncidentStep]?: number };
  /**
   * `notified`: seconds from the injection of the fault to the firing notification. `resolved`: seconds from the end of
   * the fault to the resolved notification.
   */
  readonly total: { readonly notified?: number; readonly resolved?: number };
  /** Alerts that have inhibited this alert during the incident. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of silences for this alert during the incident. */
  readonly silencedBy: readonly string[];
  /** Present while Prometheus does not answer: Unix time in milliseconds of its last answer about this alert. */
  readonly unknownSince?: number;
  /** Earlier periods without an answer of Prometheus, as Unix times in milliseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}
