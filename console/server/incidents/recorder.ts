import type { AlertmanagerAlert } from '../../../verify/alertmanager-api.ts';
import type { PrometheusAlert } from '../../../verify/alerts-api.ts';
import type { Incident, Labels } from '../../alerting.ts';
import type { ExpectedAlert, FaultStatus } from '../../controls/faults.ts';
import { FaultHistory } from './fault-history.ts';
import { type Draft, incidentOf } from './incident.ts';
import { includes, keyOf } from './labels.ts';
import type { Lookup } from './lookups.ts';

const keep = 200;
/** Milliseconds for which a notification is kept. It can arrive before the read that shows its alert. */
const keepNotificationMs = 60_000;
const keepNotifications = 500;
/**
 * Milliseconds in which Prometheus must confirm the end of an alert. Usually Prometheus reports the end at most one
 * read after Alertmanager.
 */
const confirmsEndWithinMs = 15_000;
/** Number of evaluations after a restart of Prometheus before a missing alert counts as ended. */
const settlingEvaluations = 3;
/** Maximum milliseconds before the start of an alert in which the start of its condition is searched. */
const longestLookupMs = 15 * 60_000;
const shortestLookupMs = 60_000;
const lookupAttempts = 5;

/** The alerts that Prometheus reported at a time. */
export interface Reading {
  /** Unix time in milliseconds of the read. */
  readonly at: number;
  /** Unix time in milliseconds at which Prometheus' process started. */
  readonly processStart: number;
  readonly alerts: readonly PrometheusAlert[];
}

/** A notification from Alertmanager. Times are Unix times in milliseconds. */
export interface ReceivedNotification {
  readonly receivedAt: number;
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  /** Time at which the alert fired, as Prometheus reported it to Alertmanager. */
  readonly startsAt: number;
}

export interface RecorderOptions {
  /** Unix time in milliseconds at which the console started to receive notifications. */
  readonly since: number;
  /** Returns the milliseconds between two evaluations of an alert's rule. */
  readonly intervalMsOf: (alert: string) => number;
}

/**
 * Derives incidents from successive states of Prometheus, Alertmanager and the faults. The recorder reads nothing
 * itself and has no clock. `lookups` lists the times that the caller must find in Prometheus.
 */
export class IncidentRecorder {
  readonly #options: RecorderOptions;
  readonly #faults = new FaultHistory();
  /** Incidents in progress and ended incidents, newest first. */
  #drafts: readonly Draft[] = [];
  #waiting: readonly ReceivedNotification[] = [];
  #lookups: readonly { readonly lookup: Lookup; readonly attempts: number }[] = [];
  #processStart: number | undefined;
  #readAt: number | undefined;
  #count = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** At most 200 incidents, newest first. */
  get incidents(): readonly Incident[] {
    return this.#drafts.map(incidentOf);
  }

  /** Lookups that the caller must do. The caller passes the results to `answer`. */
  get lookups(): readonly Lookup[] {
    return this.#lookups.map(({ lookup }) => lookup);
  }

  /**
   * Whether the alert of an open incident is missing in `alerts` or has started again. In this case, Prometheus has
   * possibly restarted.
   */
  isMissing(alerts: readonly PrometheusAlert[]): boolean {
    const active = new Map(alerts.map((alert) => [keyOf(alert.labels), alert.activeAt]));
    return this.#open.some((draft) => active.get(keyOf(draft.labels)) !== draft.activeAt);
  }

  observe({ at, processStart, alerts }: Reading): void {
    const hasRestarted = this.#processStart !== undefined && processStart !== this.#processStart;
    this.#processStart = processStart;
    const open = new Map(this.#open.map((draft) => [keyOf(draft.labels), draft]));
    if (hasRestarted) {
      for (const draft of open.values()) {
        draft.unknownSince ??= draft.seenAt;
        draft.settlesAt = at + settlingEvaluations * this.#options.intervalMsOf(draft.alert);
      }
    }
    for (const alert of alerts.toSorted((one, other) => one.activeAt - other.activeAt)) {
      const key = keyOf(alert.labels);
      const draft = open.get(key);
      open.delete(key);
      // An alert that has started again has a later `activeAt`. After a restart, Prometheus restores the earlier
      // `activeAt`.
      const isSame = draft && (alert.activeAt <= draft.activeAt || draft.settlesAt !== undefined);
      if (draft && !isSame) this.#end(draft, alert.activeAt);
      this.#see(isSame ? draft : this.#start(alert), alert, at);
    }
    for (const draft of open.values()) {
      if (isSettling(draft) && at < (draft.settlesAt ?? at)) continue;
      this.#end(draft, at);
    }
    this.#readAt = at;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const notification of waiting) {
      if (at - notification.receivedAt < keepNotificationMs) this.notified(notification);
    }
  }

  /** Records that Prometheus does not answer. The state of the open incidents is unknown since the last answer. */
  lost(): void {
    for (const draft of this.#open) draft.unknownSince ??= this.#readAt ?? draft.seenAt;
  }

  /**
   * Updates the incidents from a list of faults.
   * @param at Unix time in milliseconds of this list
   * @returns whether an incident has changed
   */
  faults(list: readonly FaultStatus[], at: number): boolean {
    const restored = this.#faults
      .update(list, at)
      .flatMap(({ name, injectedAt, restoredAt = at }) =>
        this.#drafts
          .filter(({ fault }) => fault?.name === name && fault.injectedAt === injectedAt)
          .map((draft) => ({ draft, fault: { name, injectedAt, restoredAt } })),
      );
    for (const { draft, fault } of restored) {
      draft.fault = fault;
      draft.times.faultRestored = fault.restoredAt;
    }
    return restored.length > 0;
  }

  notified(notification: ReceivedNotification): void {
    const { receivedAt, status, labels } = notification;
    const startsAt = Number.isNaN(notification.startsAt) ? receivedAt : notification.startsAt;
    const draft = this.#drafts.find(
      (candidate) =>
        includes(labels, candidate.labels) &&
        candidate.startedAt <= startsAt &&
        startsAt <= (candidate.endedAt ?? startsAt),
    );
    if (!draft) {
      this.#waiting = [...this.#waiting, { ...notification, startsAt }].slice(-keepNotifications);
      return;
    }
    if (status === 'firing') {
      if (draft.times.notified === undefined) draft.times.notified = receivedAt;
    } else if (draft.endedAt === undefined) {
      draft.claimedEnd = receivedAt;
    } else if (draft.times.resolved === undefined) {
      draft.times.resolved = receivedAt;
      draft.state = 'resolved';
    }
  }

  /** Stores which alerts Alertmanager inhibits and silences. */
  suppressed(alerts: readonly AlertmanagerAlert[]): void {
    for (const draft of this.#open) {
      const alert = alerts.find(({ labels }) => includes(labels, draft.labels));
      if (!alert) continue;
      const causes = causesOf(alert, alerts);
      const isNew = (cause: ExpectedAlert) =>
        !draft.inhibitedBy.some((known) => known.alert === cause.alert && isSameLabels(known, cause));
      if (causes.some(isNew)) draft.inhibitedBy = [...draft.inhibitedBy, ...causes.filter(isNew)];
      const silences = alert.status.silencedBy.filter((id) => !draft.silencedBy.includes(id));
      if (silences.length > 0) draft.silencedBy = [...draft.silencedBy, ...silences];
    }
  }

  /**
   * Stores the result of a lookup.
   * @param found Unix time in milliseconds; `null` if the samples do not contain the time; an Error if Prometheus
   * failed
   */
  answer(lookup: Lookup, found: number | null | Error): void {
    const asked = this.#lookups.find((entry) => entry.lookup === lookup);
    const attempts = (asked?.attempts ?? 0) + 1;
    const isAgain = found instanceof Error && attempts < lookupAttempts;
    this.#lookups = this.#lookups.flatMap((entry) => {
      if (entry !== asked) return [entry];
      return isAgain ? [{ lookup, attempts }] : [];
    });
    const draft = this.#drafts.find(({ id }) => id === lookup.incident);
    if (!draft || isAgain) return;
    const time = found instanceof Error ? null : found;
    const at = lookup.step === 'conditionFalse' ? afterRestore(draft, time) : time;
    draft.times[lookup.step] = at;
    const isBeforeConsole = (at ?? draft.startedAt) < this.#options.since;
    if (lookup.step === 'firing' && isBeforeConsole && draft.times.notified === undefined) {
      draft.times.notified = null;
    }
  }

  get #open(): readonly Draft[] {
    return this.#drafts.filter(({ endedAt }) => endedAt === undefined);
  }

  #start({ labels, activeAt, annotations }: PrometheusAlert): Draft {
    const alert = labels.alertname ?? 'unnamed';
    const fault = this.#faults.causeOf(labels, activeAt);
    this.#count += 1;
    const draft: Draft = {
      id: `${alert}-${this.#count}`,
      alert,
      labels,
      severity: labels.severity ?? '',
      summary: annotations.summary ?? '',
      state: 'pending',
      startedAt: activeAt,
      activeAt,
      seenAt: activeAt,
      times: { pending: activeAt },
      inhibitedBy: [],
      silencedBy: [],
      gaps: [],
    };
    if (fault) {
      const { name, injectedAt, restoredAt } = fault;
      draft.fault = { name, injectedAt, ...(restoredAt !== undefined && { restoredAt }) };
      draft.times.faultInjected = injectedAt;
      if (restoredAt !== undefined) draft.times.faultRestored = restoredAt;
    }
    const key = keyOf(labels);
    const before = this.#drafts.find((other) => keyOf(other.labels) === key)?.endedAt ?? 0;
    const back = Math.max(shortestLookupMs, 4 * this.#options.intervalMsOf(alert));
    const from = Math.max(fault?.injectedAt ?? activeAt - back, before, activeAt - longestLookupMs);
    this.#drafts = [draft, ...this.#drafts].slice(0, keep);
    this.#ask(draft, { step: 'conditionTrue', from, to: activeAt, activeAt, first: fault !== undefined });
    return draft;
  }

  #see(draft: Draft, alert: PrometheusAlert, at: number): void {
    if (draft.unknownSince !== undefined) {
      draft.gaps = [...draft.gaps, { from: draft.unknownSince, to: at }];
      delete draft.unknownSince;
    }
    if (draft.settlesAt !== undefined && at >= draft.settlesAt) delete draft.settlesAt;
    if (draft.claimedEnd !== undefined && at - draft.claimedEnd > confirmsEndWithinMs) {
      delete draft.claimedEnd;
    }
    const { activeAt } = alert;
    draft.activeAt = activeAt;
    draft.seenAt = at;
    draft.state = alert.state;
    draft.summary = alert.annotations.summary ?? draft.summary;
    if (alert.keepFiringSince !== undefined) draft.times.conditionFalse = alert.keepFiringSince;
    else delete draft.times.conditionFalse;
    const isAsked = this.#lookups.some(
      ({ lookup }) => lookup.incident === draft.id && lookup.step === 'firing',
    );
    if (alert.state === 'firing' && draft.times.firing === undefined && !isAsked) {
      this.#ask(draft, { step: 'firing', from: activeAt, to: at, activeAt, first: true });
    }
  }

  #end(draft: Draft, at: number): void {
    const wasInterrupted = isSettling(draft);
    draft.endedAt = at;
    draft.state = 'ended';
    if (draft.unknownSince !== undefined) {
      draft.gaps = [...draft.gaps, { from: draft.unknownSince, to: at }];
      delete draft.unknownSince;
    }
    if (draft.claimedEnd !== undefined) {
      draft.times.resolved = draft.claimedEnd;
      draft.state = 'resolved';
    }
    if (draft.times.conditionFalse !== undefined) return;
    if (wasInterrupted) {
      draft.times.conditionFalse = null;
      return;
    }
    const back = Math.max(shortestLookupMs, 4 * this.#options.intervalMsOf(draft.alert));
    const from = Math.max(draft.startedAt, draft.seenAt - back, at - longestLookupMs);
    this.#ask(draft, { step: 'conditionFalse', from, to: at, activeAt: draft.seenAt, first: false });
  }

  #ask(draft: Draft, wanted: Omit<Lookup, 'incident' | 'alert' | 'labels'>): void {
    const lookup = { incident: draft.id, alert: draft.alert, labels: draft.labels, ...wanted };
    this.#lookups = [...this.#lookups, { lookup, attempts: 0 }];
  }
}

/** Whether Prometheus has restarted and has not reported the alert since the restart. */
const isSettling = ({ settlesAt, unknownSince }: Draft) =>
  settlesAt !== undefined && unknownSince !== undefined;

/**
 * The end of a condition, which is never earlier than the restore of its fault. The samples can show an earlier time,
 * because a sample has the time at which its scrape started, and a suspended component can answer this scrape after the
 * restore.
 */
function afterRestore({ fault, endedAt }: Draft, found: number | null): number | null {
  const restoredAt = fault?.restoredAt;
  if (found === null || restoredAt === undefined || endedAt === undefined) return found;
  return found < restoredAt && restoredAt <= endedAt ? restoredAt : found;
}

const isSameLabels = (one: ExpectedAlert, other: ExpectedAlert) =>
  keyOf(one.labels ?? {}) === keyOf(other.labels ?? {});

/** The alerts that inhibit an alert. Alertmanager identifies them by fingerprint. */
export function causesOf(
  { status }: AlertmanagerAlert,
  all: readonly AlertmanagerAlert[],
): readonly ExpectedAlert[] {
  return status.inhibitedBy.flatMap((fingerprint) => {
    const cause = all.find((alert) => alert.fingerprint === fingerprint);
    return cause ? [{ alert: cause.labels.alertname ?? 'unnamed', labels: cause.labels }] : [];
  });
}
