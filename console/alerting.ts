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
  /** Alertmanager sends no notification of this alert while an alert in this list fires. */
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
  /** Unix time in milliseconds of the last answer; absent before the first answer. */
  readonly since?: number;
}

export interface ActiveAlerts {
  readonly active: readonly ActiveAlert[];
  readonly silences: readonly Silence[];
  readonly prometheus?: Stale;
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
 * - `ended`: Prometheus no longer reports the alert
 * - `resolved`: the console also has the resolved notification
 */
export type IncidentState = 'pending' | 'firing' | 'ended' | 'resolved';

/** One occurrence of an alert, until Prometheus no longer reports the alert. */
export interface Incident {
  /** Unique among the incidents since the last start of the console. */
  readonly id: string;
  readonly alert: string;
  /** Labels of the alert, including `alertname` and `severity`. */
  readonly labels: Labels;
  readonly severity: string;
  readonly summary: string;
  readonly state: IncidentState;
  /** The fault that probably caused the incident. Times are Unix times in milliseconds. */
  readonly fault?: { readonly name: string; readonly injectedAt: number; readonly restoredAt?: number };
  /** Unix times in milliseconds. Absent: not happened yet. `null`: happened at an unknown time. */
  readonly times: { readonly [Step in IncidentStep]?: number | null };
  /**
   * Seconds since the previous step. Steps without a known time are skipped.
   * The steps up to `notified` and the steps up to `resolved` are two separate sequences.
   */
  readonly seconds: { readonly [Step in IncidentStep]?: number };
  /** Seconds from the injection to `notified`, and from the end of the fault to `resolved`. */
  readonly total: { readonly notified?: number; readonly resolved?: number };
  readonly inhibitedBy: readonly ExpectedAlert[];
  readonly silencedBy: readonly string[];
  /** Unix time in milliseconds after which the state of the alert is unknown. Absent if the state is known. */
  readonly unknownSince?: number;
  /** Past periods in which the state of the alert was unknown, as Unix times in milliseconds. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}
