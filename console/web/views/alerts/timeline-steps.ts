import { type Incident, type IncidentStep, incidentSteps } from '../../../alerting.ts';

export interface TimelineStep {
  readonly step: IncidentStep;
  readonly label: string;
  /**
   * Unix time in milliseconds. `null`: the step has happened, but its time is unknown. Undefined: the step has not
   * happened.
   */
  readonly at: number | null | undefined;
  /**
   * Seconds from this step to the next step in the list. If this step is the newest step that has happened: seconds from
   * this step to now. Undefined if this step has not happened, if this step is the last step in the list, or if the time
   * of this step or of the next step is unknown.
   */
  readonly seconds?: number;
  /** Whether `seconds` still increases. */
  readonly runs: boolean;
}

const stepLabels: Readonly<Record<IncidentStep, string>> = {
  faultInjected: 'fault injected',
  conditionTrue: 'condition true',
  pending: 'pending',
  firing: 'firing',
  notified: 'notified',
  faultRestored: 'fault ended',
  conditionFalse: 'condition false',
  resolved: 'resolved',
};

/** The steps that have happened, ordered by time, and then the expected steps. */
export function timelineOf(incident: Incident, now: number): readonly TimelineStep[] {
  const { times } = incident;
  const done = ordered(times);
  const steps = [...done, ...expected(incident)];
  return steps.map((step, index) => {
    const at = times[step];
    const next = steps[index + 1];
    const isLast = index === done.length - 1;
    const until = isLast && next !== undefined ? now : next === undefined ? undefined : times[next];
    const isKnown = typeof at === 'number' && typeof until === 'number';
    return {
      step,
      label: stepLabels[step],
      at,
      runs: isLast && next !== undefined,
      ...(isKnown && { seconds: Math.max(0, until - at) / 1000 }),
    };
  });
}

export function isWaiting(incident: Incident): boolean {
  return expected(incident).length > 0;
}

/**
 * Returns the steps that have happened, sorted by time. A step with an unknown time cannot be sorted, and keeps its
 * position. For example, if the time of the second step is unknown, this step is the second step of the result.
 */
function ordered(times: Incident['times']): readonly IncidentStep[] {
  const done = incidentSteps.filter((step) => times[step] !== undefined);
  const known = done
    .filter((step) => times[step] !== null)
    .sort((one, other) => (times[one] as number) - (times[other] as number));
  let next = 0;
  return done.map((step) => {
    if (times[step] === null) return step;
    next += 1;
    return known[next - 1] as IncidentStep;
  });
}

function expected({ state, times, fault, inhibitedBy, silencedBy }: Incident): readonly IncidentStep[] {
  const isMissing = (step: IncidentStep) => times[step] === undefined;
  if (state === 'resolved') return [];
  const notifies = times.notified !== undefined || (inhibitedBy.length === 0 && silencedBy.length === 0);
  if (state === 'ended') return times.notified !== undefined && isMissing('resolved') ? ['resolved'] : [];
  const coming: IncidentStep[] = [
    'firing',
    ...(notifies ? (['notified'] as const) : []),
    ...(fault ? (['faultRestored'] as const) : []),
    'conditionFalse',
    ...(notifies ? (['resolved'] as const) : []),
  ];
  return coming.filter(isMissing);
}
