import type { Incident } from '../console/alerting.ts';
import { alertText, explains, isExpected } from './explained.ts';
import { type FaultResult, type Problem, verdictOf } from './result.ts';
import type { DrillRun, FaultWindow } from './run.ts';
import { seen } from './seen.ts';

const pendingAt = ({ times }: Incident): number | undefined => times.pending ?? undefined;
const hasFired = ({ times }: Incident): boolean => times.firing !== undefined;

function explanationsOf(incident: Incident, run: DrillRun): readonly FaultWindow[] {
  const at = pendingAt(incident);
  if (at === undefined) return [];
  const aftermathMs = run.target.limits.aftermath * 1000;
  return run.windows.filter(
    ({ fault, from, to }) =>
      from <= at && (to === undefined || at <= to + aftermathMs) && explains(fault, incident),
  );
}

function unexplained(run: DrillRun): readonly Incident[] {
  const start = run.windows[0]?.from ?? Number.POSITIVE_INFINITY;
  const { background = [] } = run.target;
  return run.incidents
    .filter((incident) => (pendingAt(incident) ?? 0) >= start && explanationsOf(incident, run).length === 0)
    .filter(({ alert, labels }) => !background.some((usual) => isExpected(usual, alert, labels)));
}

/**
 * Waits while an unexpected alert is pending.
 * @throws StepFailed after `limits.quiet` seconds
 */
export async function othersDecided(run: DrillRun): Promise<void> {
  const pending = () => unexplained(run).filter(({ state }) => state === 'pending');
  await run.wait({
    step: 'no other alert',
    seconds: run.target.limits.quiet,
    check: async () => {
      await run.readIncidents();
      return pending().length > 0 ? undefined : true;
    },
    evidence: async () => {
      const texts = pending().map(async (incident) => {
        const { text } = await seen(run.target, { alert: incident.alert });
        return `${alertText(incident)} stays pending, and no fault explains it. ${text}`;
      });
      return [
        ...(await Promise.all(texts)),
        'Find the cause of each pending alert, or declare the alert as a consequence of a fault.',
      ].join(' ');
    },
  });
}

function blamed(incident: Incident, { windows }: DrillRun): readonly FaultWindow[] {
  const at = pendingAt(incident) ?? 0;
  const before = windows.filter(({ from }) => from <= at);
  const inProgress = before.filter(({ until }) => until === undefined || at <= until);
  return inProgress.length > 0 ? inProgress : before.slice(-1);
}

/**
 * Adds fired alerts to the result of a fault. Alerts that this fault explains are consequences. Alerts that neither
 * a fault nor `background` explains are problems.
 */
export function withOthers(result: FaultResult, run: DrillRun): FaultResult {
  const window = run.windows.find(
    ({ fault, round }) => fault.name === result.fault && round === result.round,
  );
  if (!window) return result;
  const fired = run.incidents.filter(hasFired);
  const isOwn = ({ alert, labels }: Incident) =>
    window.fault.alerts.some((expected) => isExpected(expected, alert, labels));
  const consequences = fired.filter(
    (incident) => explanationsOf(incident, run).includes(window) && !isOwn(incident),
  );
  const others: readonly Problem[] = unexplained(run)
    .filter((incident) => hasFired(incident) && blamed(incident, run).includes(window))
    .map((incident) => ({
      step: 'no other alert',
      message: `${alertText(incident)} fired: ${incident.summary} Expected no alerts except ${list(window)}. Find the cause of the unexpected alert, or declare this alert as a consequence of the fault.`,
      couldNotRun: false,
    }));
  const problems = [...result.problems, ...others];
  const names = [...new Set(consequences.map(({ alert }) => alert))].sort();
  return { ...result, problems, verdict: verdictOf(problems), consequences: names };
}

function list({ fault: { alerts, allowed = [] } }: FaultWindow): string {
  return [...new Set([...alerts, ...allowed].map(({ alert }) => alert))].join(', ');
}
