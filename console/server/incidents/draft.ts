import type { PrometheusAlert } from '../../../verify/alerts-api.ts';
import type { FaultWindow } from './fault-history.ts';
import type { Draft } from './incident.ts';

/**
 * Longest time from the resolved notification until Prometheus reports the end of the alert. If Prometheus still
 * reports the alert after this time, the notification is ignored.
 */
const confirmsEndWithinMs = 15_000;

export function newDraft(
  id: string,
  { labels, activeAt, annotations }: PrometheusAlert,
  fault: FaultWindow | undefined,
): Draft {
  const draft: Draft = {
    id,
    alert: labels.alertname ?? 'unnamed',
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
  return draft;
}

export function updateDraft(draft: Draft, alert: PrometheusAlert, at: number): void {
  endGap(draft, at);
  if (draft.settlesAt !== undefined && at >= draft.settlesAt) delete draft.settlesAt;
  if (draft.claimedEnd !== undefined && at - draft.claimedEnd > confirmsEndWithinMs) {
    delete draft.claimedEnd;
  }
  draft.activeAt = alert.activeAt;
  draft.seenAt = at;
  draft.state = alert.state;
  draft.summary = alert.annotations.summary ?? draft.summary;
  if (alert.keepFiringSince !== undefined) draft.times.conditionFalse = alert.keepFiringSince;
  else delete draft.times.conditionFalse;
}

export function endDraft(draft: Draft, at: number): void {
  const wasInterrupted = isSettling(draft);
  draft.endedAt = at;
  draft.state = 'ended';
  endGap(draft, at);
  if (draft.claimedEnd !== undefined) {
    draft.times.resolved = draft.claimedEnd;
    draft.state = 'resolved';
  }
  if (draft.times.conditionFalse === undefined && wasInterrupted) draft.times.conditionFalse = null;
}

function endGap(draft: Draft, at: number): void {
  if (draft.unknownSince === undefined) return;
  draft.gaps = [...draft.gaps, { from: draft.unknownSince, to: at }];
  delete draft.unknownSince;
}

/** Returns true if Prometheus has restarted, and has not yet reported the alert of this incident again. */
export const isSettling = ({ settlesAt, unknownSince }: Draft): boolean =>
  settlesAt !== undefined && unknownSince !== undefined;

/**
 * Returns the time at which the condition of an alert became false. `found` is this time according to the samples of
 * Prometheus. `endedAt` is the time at which Prometheus stopped reporting the alert. The function returns `found`, with
 * one exception: if an injected fault caused the alert, and the fault ended between `found` and `endedAt`, the function
 * returns the end of the fault.
 *
 * Example of the exception:
 * - 10:04:58: Prometheus starts a scrape of a component. An injected fault makes the component hang.
 * - 10:05:00: The fault ends.
 * - 10:05:01: The component answers the scrape. Prometheus stores the samples with the start time of the scrape.
 * - 10:05:05: Prometheus evaluates the rule of the alert with these samples, and stops reporting the alert.
 *
 * `found` is 10:04:58, because the samples have this time. But the component was still hanging at 10:04:58. Therefore
 * the function returns 10:05:00.
 *
 * Another example, without the exception:
 * - `found` is 10:07:53.
 * - 10:07:55: Prometheus stops reporting the alert.
 * - 10:08:00: The fault ends.
 *
 * The end of the fault cannot have made the condition false, because Prometheus stopped reporting the alert before.
 * Therefore `found` is correct, and the function returns 10:07:53.
 * @param found a Unix time in milliseconds; `null` if the samples do not show when the condition became false. The
 *   function then returns `null`.
 */
export function afterRestore({ fault, endedAt }: Draft, found: number | null): number | null {
  const restoredAt = fault?.restoredAt;
  if (found === null || restoredAt === undefined || endedAt === undefined) return found;
  return found < restoredAt && restoredAt <= endedAt ? restoredAt : found;
}
