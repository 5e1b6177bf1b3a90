import type { Incident } from '../console/alerting.ts';
import type { StepSeconds } from './result.ts';
import type { FaultWindow } from './run.ts';

/** Why Alertmanager sends no notification. Starts with a space, or is empty if Alertmanager may send notifications. */
export function suppressionText(incident: Incident | undefined): string {
  const { inhibitedBy = [], silencedBy = [] } = incident ?? {};
  const inhibition = inhibitedBy.map(({ alert }) => alert).join(', ');
  return [
    inhibition === '' ? '' : ` Alertmanager inhibits it because of ${inhibition}.`,
    silencedBy.length === 0 ? '' : ` A silence applies to it: ${silencedBy.join(', ')}.`,
  ].join('');
}

/**
 * Seconds until each step of an alert. The steps from `condition` to `notified` count from `from`, the injection of the
 * fault. The steps `clear` and `resolved` count from `to`, the end of the fault.
 * A step can be earlier than the injection. Example: a scrape starts, the drill injects the fault, and the scrape
 * fails. The time of the step is the start of the scrape. The result for such a step is 0 seconds.
 */
export function secondsOf({ times }: Incident, { from, to }: FaultWindow): StepSeconds {
  const after = (start: number | undefined, at: number | null | undefined) =>
    typeof at === 'number' && start !== undefined ? Math.max(0, (at - start) / 1000) : undefined;
  const all = {
    condition: after(from, times.conditionTrue),
    pending: after(from, times.pending),
    firing: after(from, times.firing),
    notified: after(from, times.notified),
    clear: after(to, times.conditionFalse),
    resolved: after(to, times.resolved),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
