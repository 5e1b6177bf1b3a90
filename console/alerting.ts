import type { ExpectedAlert } from './controls/faults.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alerting rule of Prometheus. Its texts are templates; an active alert has the finished texts. */
export interface AlertRule {
  readonly alert: string;
  readonly group: string;
  /** Seconds between two evaluations. */
  readonly intervalSeconds: number;
  /** PromQL of the condition. */
  readonly expr: string;
  /** How long the condition holds before the alert fires. */
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly severity: string;
  /** Labels that the rule adds to those of the series. */
  readonly labels: Labels;
  readonly summary: string;
  readonly description: string;
  /** Whether the console has a runbook for the alert, at `/runbooks/<alert>.md`. */
  readonly hasRunbook: boolean;
  /** Uid of the dashboard that shows the cause. */
  readonly dashboard?: string;
  /** Why Prometheus cannot evaluate the rule, while it cannot. */
  readonly error?: string;
}

/** An alert whose condition is true, for one set of labels. */
export interface ActiveAlert {
  readonly alert: string;
  /** All labels, also `alertname` and `severity`. */
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
  /** The value of the expression, as Prometheus writes it. */
  readonly value: string;
  /** Unix time in milliseconds of the first evaluation with a true condition. */
  readonly activeAt: number;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  /** The alerts that inhibit this alert: Alertmanager sends no notification while they fire. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of the silences that match this alert. */
  readonly silencedBy: readonly string[];
}

export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** false selects the alerts that do not match. */
  readonly isEqual: boolean;
}

/** A silence of Alertmanager that is active now or starts later. */
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

/** Why a program does not answer, and since when what the console shows of it is stale. */
export interface Stale {
  readonly error: string;
  /** Unix time in milliseconds of its last answer; absent if it has not answered since the start of the console. */
  readonly since?: number;
}

/** The alerts that are pending or fire, and the silences. */
export interface ActiveAlerts {
  readonly active: readonly ActiveAlert[];
  readonly silences: readonly Silence[];
  /** Set while Prometheus does not answer: `active` is then the last state that the console read. */
  readonly prometheus?: Stale;
  /** Set while Alertmanager does not answer: silences and inhibitions are then those of the last read. */
  readonly alertmanager?: Stale;
}

/** The steps of an incident, in the order in which they normally happen. */
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
 * `pending` and `firing`: what Prometheus reports. `ended`: the condition is no longer true, and no notification of the
 * end has arrived (none follows if none was sent before). `resolved`: the notification of the end has arrived.
 */
export type IncidentState = 'pending' | 'firing' | 'ended' | 'resolved';

/** An alert with one set of labels, from its condition to its end. */
export interface Incident {
  /** Unique until the console ends. */
  readonly id: string;
  readonly alert: string;
  /** All labels, also `alertname` and `severity`. */
  readonly labels: Labels;
  readonly severity: string;
  readonly summary: string;
  readonly state: IncidentState;
  /** The fault that caused the incident: it lists this alert and was injected before. Unix times in milliseconds. */
  readonly fault?: { readonly name: string; readonly injectedAt: number; readonly restoredAt?: number };
  /**
   * Unix time of each step in milliseconds. A missing step has not happened. `null`: the step has happened, and its time
   * is not known.
   *
   * - `faultInjected`, `faultRestored`: of `fault`.
   * - `conditionTrue`: the expression returns these labels for the first time after the injection, at a resolution of
   *   one second. Without a fault: the start of the uninterrupted time before `pending`. A sample has the time at which
   *   its scrape starts.
   * - `pending`: the first evaluation with a true condition. An alert without `for` fires in the same evaluation.
   * - `firing`: the first evaluation in which the alert fires.
   * - `notified`: the console receives the notification.
   * - `conditionFalse`: the expression no longer returns these labels, at a resolution of one second.
   * - `resolved`: the console receives the notification of the end.
   */
  readonly times: { readonly [Step in IncidentStep]?: number | null };
  /**
   * Seconds from the step before to this step. The rising steps follow each other from `faultInjected` to `notified`;
   * the falling steps from `faultRestored` to `resolved`. A step whose time is unknown is skipped.
   */
  readonly seconds: { readonly [Step in IncidentStep]?: number };
  /** Seconds from the injection of the fault to the notification, and from the restore to its end. */
  readonly total: { readonly notified?: number; readonly resolved?: number };
  /** The alerts that have inhibited this alert. */
  readonly inhibitedBy: readonly ExpectedAlert[];
  /** Ids of the silences that have matched this alert. */
  readonly silencedBy: readonly string[];
  /** Unix time in milliseconds since which Prometheus does not report whether the condition is true, while it does not. */
  readonly unknownSince?: number;
  /** Earlier times without a report of Prometheus. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}
