import { type Incident, type IncidentStep, incidentSteps } from '../../../alerting.ts';

export interface TimelineStep {
  readonly step: IncidentStep;
  readonly label: string;
  /** Unix milliseconds. `null`: the time is unknown. Undefined: the step has not happened. */
  readonly at: number | null | undefined;
  /** Duration of this step. Undefined if the duration is unknown, or if no step follows. */
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

const faultSteps: ReadonlySet<IncidentStep> = new Set(['faultInjected', 'faultRestored']);

/** Sorted by time. A step at an unknown time comes directly after its previous step. */
function ordered(times: Incident['times']): readonly IncidentStep[] {
  const done = incidentSteps.filter((step) => times[step] !== undefined);
  const order = done
    .filter((step) => times[step] !== null)
    .sort((one, other) => (times[one] as number) - (times[other] as number));
  for (const step of done) {
    if (times[step] === null) order.splice(positionOf(step, order), 0, step);
  }
  return order;
}

function positionOf(step: IncidentStep, order: readonly IncidentStep[]): number {
  // A fault can end before or after each step of its alert.
  const related = incidentSteps.filter((other) => faultSteps.has(other) === faultSteps.has(step));
  const rank = related.indexOf(step);
  const before = related.slice(0, rank).findLast((other) => order.includes(other));
  if (before !== undefined) return order.indexOf(before) + 1;
  const after = related.slice(rank + 1).find((other) => order.includes(other));
  return after === undefined ? order.length : order.indexOf(after);
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
