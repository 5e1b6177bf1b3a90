import type { ExpectedAlert } from './controls/faults.ts';

export type Labels = Readonly<Record<string, string>>;

/** An alerting rule. `summary` and `description` are templates; an active alert has the rendered texts. */
export interface AlertRule {
  readonly alert: string;
  readonly group: string;
  readonly intervalSeconds: number;
  readonly expr: string;
  readonly forSeconds: number;
  readonly keepFiringForSeconds: number;
  readonly severity: string;
  readonly labels: Labels;
  readonly summary: string;
  readonly description: string;
  /** Whether `/runbooks/<alert>.md` exists on the console. */
  readonly hasRunbook: boolean;
  /** Uid of the dashboard that helps to find the cause of the alert. */
  readonly dashboard?: string;
  /** Why Prometheus cannot evaluate the rule. */
  readonly error?: string;
}

export interface ActiveAlert {
  readonly alert: string;
  /** Labels of the alert, including `alertname` and `severity`. */
  readonly labels: Labels;
  readonly state: 'pending' | 'firing';
  /** In the notation of Prometheus, such as `1.5e+01`. */
  readonly value: string;
  /** Unix time in milliseconds of the first evaluation at which the condition was true. */
  readonly activeAt: number;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  /**
   * Other alerts that inhibit this alert. While one of these other alerts fires, Alertmanager sends no notification of
   * this alert.
   */
  readonly inhibitedBy: readonly ExpectedAlert[];
  readonly silencedBy: readonly string[];
}

export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False: the silence applies to alerts whose label does not match `value`. */
  readonly isEqual: boolean;
}

export interface Silence {
  readonly id: string;
  readonly state: 'active' | 'pending';
  readonly matchers: readonly SilenceMatcher[];
  /** Unix time in milliseconds, like `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

/** Prometheus or Alertmanager does not answer. The console shows old data. */
export interface Stale {
  readonly error: string;
  /**
   * Unix time in milliseconds of the last answer of Prometheus or Alertmanager. Absent if the console has received no
   * answer since its start.
   */
  readonly since?: number;
}

export interface ActiveAlerts {
  readonly active: readonly ActiveAlert[];
  readonly silences: readonly Silence[];
  readonly prometheus?: Stale;
  /** Absent while Alertmanager answers. If this field is present, the silences and the inhibitions are old. */
  readonly alertmanager?: Stale;
}

/** The steps of an incident, in the order in which they usually happen. */
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
 * - `pending`, `firing`: as in Prometheus
 * - `ended`: Prometheus no longer reports the alert
 * - `resolved`: the console has also received the resolved notification
 */
export type IncidentState = 'pending' | 'firing' | 'ended' | 'resolved';

/** One occurrence of an alert, from the start of its condition until Prometheus no longer reports the alert. */
export interface Incident {
  /** Unique among the incidents since the last start of the console. */
  readonly id: string;
  readonly alert: string;
  /** Labels of the alert, including `alertname` and `severity`. */
  readonly labels: Labels;
  readonly severity: string;
  readonly summary: string;
  readonly state: IncidentState;
  /**
   * The fault that caused the incident, according to `FaultHistory.causeOf`. `injectedAt` and `restoredAt` are Unix
   * times in milliseconds.
   */
  readonly fault?: { readonly name: string; readonly injectedAt: number; readonly restoredAt?: number };
  /** Unix times in milliseconds. A step that has not happened is absent. A step at an unknown time is `null`. */
  readonly times: { readonly [Step in IncidentStep]?: number | null };
  /**
   * Seconds from the previous step to this step. Example: `firing: 30` means that the alert fired 30 s after `pending`.
   * - Steps with an unknown time are skipped.
   * - The steps until `notified` and the steps from `faultRestored` are two groups. The first step of each group has no
   *   value.
   * - A step has no value if its time is before the time of the previous step.
   */
  readonly seconds: { readonly [Step in IncidentStep]?: number };
  /**
   * - `notified`: seconds from the injection of the fault to the firing notification
   * - `resolved`: seconds from the end of the fault to the resolved notification
   */
  readonly total: { readonly notified?: number; readonly resolved?: number };
  readonly inhibitedBy: readonly ExpectedAlert[];
  readonly silencedBy: readonly string[];
  /**
   * Unix time in milliseconds of the last known state. Present while Prometheus does not answer, and after a restart of
   * Prometheus until Prometheus reports the alert again.
   */
  readonly unknownSince?: number;
  /** Past periods in which the state of the alert was unknown, as Unix times in milliseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}
