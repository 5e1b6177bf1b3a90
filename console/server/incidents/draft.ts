import type { PrometheusAlert } from '../../../verify/alerts-api.ts';
import type { FaultWindow } from './fault-history.ts';
import type { Draft } from './incident.ts';

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

export function afterRestore({ fault, endedAt }: Draft, found: number | null): number | null {
  const restoredAt = fault?.restoredAt;
  if (found === null || restoredAt === undefined || endedAt === undefined) return found;
  // The timestamp of a sample is the start of the scrape. The target measures the value later.
  return found < restoredAt && restoredAt <= endedAt ? restoredAt : found;
}
