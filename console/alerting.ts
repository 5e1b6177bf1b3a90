import type { ExpectedAlert } from './controls/faults.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alerting rule of Prometheus. Its annotations are templates. An active alert contains the rendered texts. */
export interface AlertRule {
  readonly alert: string;
  readonly group: string;
  /** Seconds between two evaluations. */
  readonly intervalSeconds: number;
  /** The condition as PromQL. */
  readonly expr: string;
  /** Seconds for which the condition must be true before the alert fires. */
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly severity: string;
  /** Labels that the rule adds to the labels of the series. */
  readonly labels: Labels;
  readonly summary: string;
  readonly description: string;
  /** Whether the console has a runbook for the alert, at `/runbooks/<alert>.md`. */
  readonly hasRunbook: boolean;
  /** Uid of the dashboard that shows the cause of the alert. */
  readonly dashboard?: string;
  /** The error message of Prometheus. Set only while Prometheus cannot evaluate the rule. */
  readonly error?: string;
}

/** An alert whose condition is true for one set of labels. */
export interface ActiveAlert {
  readonly alert: string;
  /** All labels, including `alertname` and `severity`. */
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
  /** Value of the expression, as Prometheus writes it. */
  readonly value: string;
  /** Unix time in milliseconds of the first evaluation whose condition was true. */
  readonly activeAt: number;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  /** Alerts that inhibit this alert. While they fire, Alertmanager sends no notification of this alert. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of the silences that apply to this alert. */
  readonly silencedBy: readonly string[];
}

export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** If true, the matcher selects alerts with this value. If false, it selects alerts with any other value. */
  readonly isEqual: boolean;
}

/** A silence of Alertmanager that is active or starts later. */
export interface Silence {
  readonly id: string;
  readonly state: 'active' | 'pending';
  readonly matchers: readonly SilenceMatcher[];
  /** Start and end as Unix times in milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

/** A program that does not answer. The console shows the last known data of this program. */
export interface Stale {
  readonly error: string;
  /**
   * Unix time in milliseconds of the last answer of the program. Not set if the program has not answered since the
   * start of the console.
   */
  readonly since?: number;
}

/** The alerts that are pending or fire, and all silences. */
export interface ActiveAlerts {
  readonly active: readonly ActiveAlert[];
  readonly silences: readonly Silence[];
  /** Set while Prometheus does not answer. `active` then contains the alerts of the last answer. */
  readonly prometheus?: Stale;
  /** Set while Alertmanager does not answer. The silences and inhibitions then come from the last answer. */
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
 * - `ended`: the condition is no longer true, but the console has received no resolved notification. Alertmanager sends
 *   no resolved notification if it sent no firing notification.
 * - `resolved`: the console has received the resolved notification
 */
export type IncidentState = 'pending' | 'firing' | 'ended' | 'resolved';

/** One occurrence of an alert with one set of labels: from the start of the condition to the end of the alert. */
export interface Incident {
  /** Id of the incident, unique until the console restarts. */
  readonly id: string;
  readonly alert: string;
  /** All labels, including `alertname` and `severity`. */
  readonly labels: Labels;
  readonly severity: string;
  readonly summary: string;
  readonly state: IncidentState;
  /**
   * The fault that caused the incident. The fault lists this alert, and was injected before the alert became active.
   * Times are Unix times in milliseconds.
   */
  readonly fault?: { readonly name: string; readonly injectedAt: number; readonly restoredAt?: number };
  /**
   * Unix times of the steps in milliseconds. A step that has not happened is missing. `null` means that the step has
   * happened at an unknown time.
   *
   * - `faultInjected`, `faultRestored`: the injection and the restore of `fault`.
   * - `conditionTrue`: the expression returned these labels for the first time after the injection. Without a fault, it
   *   is the start of the last uninterrupted period before `pending` in which the condition was true. The resolution
   *   is one second, and the time of a sample is the start of its scrape.
   * - `pending`: the first evaluation with a true condition. An alert without `for` fires in the same evaluation.
   * - `firing`: the first evaluation in which the alert fires.
   * - `notified`: the console received the firing notification.
   * - `conditionFalse`: the expression no longer returned these labels. The resolution is one second.
   * - `resolved`: the console received the resolved notification.
   */
  readonly times: { readonly [Step in IncidentStep]?: number | null };
  /**
   * Seconds from the previous step to each step. There are two sequences: from `faultInjected` to `notified`, and from
   * `faultRestored` to `resolved`. A step whose time is unknown is left out.
   */
  readonly seconds: { readonly [Step in IncidentStep]?: number };
  /**
   * Seconds from the injection of the fault to the firing notification, and from the restore of the fault to the
   * resolved notification.
   */
  readonly total: { readonly notified?: number; readonly resolved?: number };
  /** Alerts that have inhibited this alert during the incident. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of the silences that have applied to this alert during the incident. */
  readonly silencedBy: readonly string[];
  /**
   * Unix time in milliseconds of Prometheus' last answer about this alert. Set only while Prometheus does not answer.
   */
  readonly unknownSince?: number;
  /** Earlier periods in which Prometheus did not answer, as Unix times in milliseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}
