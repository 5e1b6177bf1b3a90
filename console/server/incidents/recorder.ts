import type { AlertmanagerAlert } from '../../../verify/alertmanager-api.ts';
import type { PrometheusAlert } from '../../../verify/alerts-api.ts';
import type { Incident } from '../../alerting.ts';
import type { FaultStatus } from '../../controls/faults.ts';
import { afterRestore, endDraft, isSettling, newDraft, updateDraft } from './draft.ts';
import { FaultHistory } from './fault-history.ts';
import { type Draft, incidentOf } from './incident.ts';
import { keyOf } from './labels.ts';
import { LookupQueue } from './lookup-queue.ts';
import type { Lookup } from './lookups.ts';
import { type ReceivedNotification, ReceivedNotifications } from './received-notifications.ts';
import { suppress } from './suppression.ts';

const keep = 200;
/** After a restart, Prometheus needs some evaluations before it reports an active alert again. */
const settlingEvaluations = 3;

/** The alerts in one answer of Prometheus. Times are Unix times in milliseconds. */
export interface Reading {
  readonly at: number;
  readonly processStart: number;
  readonly alerts: readonly PrometheusAlert[];
}

export interface RecorderOptions {
  /** Time at which the console started to receive notifications, as a Unix time in milliseconds. */
  readonly since: number;
  readonly intervalMsOf: (alert: string) => number;
}

export class IncidentRecorder {
  readonly #options: RecorderOptions;
  readonly #faults = new FaultHistory();
  readonly #notifications = new ReceivedNotifications();
  readonly #lookups: LookupQueue;
  /** Newest first. */
  #drafts: readonly Draft[] = [];
  #processStart: number | undefined;
  #readAt: number | undefined;
  #count = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#lookups = new LookupQueue(options.intervalMsOf);
  }

  /** The last 200 incidents. The newest incident is the first element. */
  get incidents(): readonly Incident[] {
    return this.#drafts.map(incidentOf);
  }

  /** Lookups that have no result yet. The caller must run each lookup and pass the result to `answer`. */
  get lookups(): readonly Lookup[] {
    return this.#lookups.lookups;
  }

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
      // A later `activeAt` means a new incident, except shortly after a restart of Prometheus.
      const isSame = draft && (alert.activeAt <= draft.activeAt || draft.settlesAt !== undefined);
      if (draft && !isSame) this.#end(draft, alert.activeAt);
      this.#see(isSame ? draft : this.#start(alert), alert, at);
    }
    for (const draft of open.values()) {
      if (isSettling(draft) && at < (draft.settlesAt ?? at)) continue;
      this.#end(draft, at);
    }
    this.#readAt = at;
    this.#notifications.addWaiting(this.#drafts, at);
  }

  /** Marks the state of every open incident as unknown, because Prometheus does not answer. */
  lost(): void {
    for (const draft of this.#open) draft.unknownSince ??= this.#readAt ?? draft.seenAt;
  }

  /** @returns whether an incident has changed */
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
    this.#notifications.add(this.#drafts, notification);
  }

  suppressed(alerts: readonly AlertmanagerAlert[]): void {
    for (const draft of this.#open) suppress(draft, alerts);
  }

  /** @param found result of `lookUp`, or an Error if the query failed */
  answer(lookup: Lookup, found: number | null | Error): void {
    const time = this.#lookups.answer(lookup, found);
    const draft = this.#drafts.find(({ id }) => id === lookup.incident);
    if (!draft || time === undefined) return;
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

  #start(alert: PrometheusAlert): Draft {
    const { labels, activeAt } = alert;
    this.#count += 1;
    const id = `${labels.alertname ?? 'unnamed'}-${this.#count}`;
    const draft = newDraft(id, alert, this.#faults.causeOf(labels, activeAt));
    const key = keyOf(labels);
    const previous = this.#drafts.find((other) => keyOf(other.labels) === key);
    this.#drafts = [draft, ...this.#drafts].slice(0, keep);
    this.#lookups.addConditionTrue(draft, previous?.endedAt ?? 0);
    return draft;
  }

  #see(draft: Draft, alert: PrometheusAlert, at: number): void {
    updateDraft(draft, alert, at);
    if (alert.state === 'firing' && draft.times.firing === undefined) this.#lookups.addFiring(draft, at);
  }

  #end(draft: Draft, at: number): void {
    endDraft(draft, at);
    if (draft.times.conditionFalse === undefined) this.#lookups.addConditionFalse(draft, at);
  }
}
