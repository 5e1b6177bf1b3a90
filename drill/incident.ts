import type { Incident } from '../console/alerting.ts';
import type { StepSeconds } from './result.ts';
import type { FaultWindow } from './run.ts';

/** Returns the reasons why Alertmanager sends no notification of an alert. */
export function suppressionText(incident: Incident | undefined): string {
  const { inhibitedBy = [], silencedBy = [] } = incident ?? {};
  const inhibition = inhibitedBy.map(({ alert }) => alert).join(', ');
  return [
    inhibition === '' ? '' : ` Alertmanager inhibits it because of ${inhibition}.`,
    silencedBy.length === 0 ? '' : ` A silence applies to it: ${silencedBy.join(', ')}.`,
  ].join('');
}

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
