import type { Incident, IncidentState, IncidentStep, Labels } from '../../alerting.ts';
import type { ExpectedAlert } from '../../controls/faults.ts';

/** Times are Unix times in milliseconds. */
export interface Draft {
  readonly id: string;
  readonly alert: string;
  readonly labels: Labels;
  readonly severity: string;
  readonly startedAt: number;
  summary: string;
  state: IncidentState;
  fault?: { name: string; injectedAt: number; restoredAt?: number };
  readonly times: Partial<Record<IncidentStep, number | null>>;
  inhibitedBy: readonly ExpectedAlert[];
  silencedBy: readonly string[];
  unknownSince?: number;
  gaps: readonly { readonly from: number; readonly to: number }[];
  /** The newest `activeAt` that Prometheus has reported. A restart of Prometheus can change `activeAt`. */
  activeAt: number;
  /** When Prometheus last reported the alert. */
  seenAt: number;
  endedAt?: number;
  settlesAt?: number;
  /** A resolved notification can arrive while Prometheus still reports the alert. */
  claimedEnd?: number;
}

const rising = ['faultInjected', 'conditionTrue', 'pending', 'firing', 'notified'] as const;
const falling = ['faultRestored', 'conditionFalse', 'resolved'] as const;

const seconds = (from: number, to: number) => Math.round(to - from) / 1000;

function between(times: Draft['times'], chain: readonly IncidentStep[]) {
  let before: number | undefined;
  return chain.flatMap((step) => {
    const at = times[step];
    if (typeof at !== 'number') return [];
    const from = before;
    before = at;
    return from === undefined || at < from ? [] : [[step, seconds(from, at)] as const];
  });
}

function elapsed(from: number | null | undefined, to: number | null | undefined): number | undefined {
  return typeof from === 'number' && typeof to === 'number' && to >= from ? seconds(from, to) : undefined;
}

export function incidentOf(draft: Draft): Incident {
  const { id, alert, labels, severity, summary, state, fault, times, inhibitedBy, silencedBy, gaps } = draft;
  const notified = elapsed(times.faultInjected, times.notified);
  const resolved = elapsed(times.faultRestored, times.resolved);
  return {
    id,
    alert,
    labels,
    severity,
    summary,
    state,
    ...(fault && { fault }),
    times: { ...times },
    seconds: Object.fromEntries([...between(times, rising), ...between(times, falling)]),
    total: {
      ...(notified !== undefined && { notified }),
      ...(resolved !== undefined && { resolved }),
    },
    inhibitedBy,
    silencedBy,
    ...(draft.unknownSince !== undefined && { unknownSince: draft.unknownSince }),
    gaps,
  };
}
