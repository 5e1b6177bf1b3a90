import { FaultDrill } from './drill-fault.ts';
import { conflict } from './explained.ts';
import { othersDecided, withOthers } from './others.ts';
import { type FaultResult, type Problem, verdictOf } from './result.ts';
import { DrillRun, notInjected, type RunOptions } from './run.ts';
import type { DrillFault } from './target.ts';
import { StepFailed } from './wait.ts';

export interface PlannedDrill {
  readonly fault: DrillFault;
  /** The first round is 1. */
  readonly round: number;
}

export interface DrillOptions extends RunOptions {
  /** Maximum number of faults that are injected at the same time. */
  readonly parallel: number;
}

/**
 * Conflicting faults never run at the same time.
 * @returns the results in the order of their ends
 */
export async function drill(
  planned: readonly PlannedDrill[],
  options: DrillOptions,
): Promise<readonly FaultResult[]> {
  const run = new DrillRun(options);
  try {
    const results = await playAll(planned, options.parallel, run);
    const undecided = run.fatal === undefined ? await problemOf(() => othersDecided(run)) : [];
    return results.map((result) => {
      const problems = [...result.problems, ...undecided];
      return withOthers({ ...result, problems, verdict: verdictOf(problems) }, run);
    });
  } finally {
    // If `restore` fails, the fault stays in the journal for `npm run drill -- restore`.
    await Promise.allSettled(
      run.journal.faults.map(async (name) => {
        await run.target.restore(name);
        run.journal.remove(name);
      }),
    );
  }
}

async function playAll(
  planned: readonly PlannedDrill[],
  parallel: number,
  run: DrillRun,
): Promise<readonly FaultResult[]> {
  const waiting = [...planned];
  const running = new Map<DrillFault, Promise<void>>();
  const results: FaultResult[] = [];
  const isPossible = ({ fault }: PlannedDrill) =>
    running.size < parallel &&
    ![...running.keys()].some((other) => conflict(other, fault)) &&
    // After a restart of Prometheus, resolved alerts can inhibit other alerts for up to four minutes.
    !(fault.restartsEvaluator && waiting.some((other) => !other.fault.restartsEvaluator));

  while (waiting.length > 0 || running.size > 0) {
    if (run.fatal !== undefined) results.push(...waiting.splice(0).map((plan) => notRun(plan, run)));
    for (let next = waiting.find(isPossible); next; next = waiting.find(isPossible)) {
      const { fault, round } = next;
      waiting.splice(waiting.indexOf(next), 1);
      const ended = new FaultDrill(fault, round, run).play().then((result) => {
        results.push(result);
        running.delete(fault);
      });
      running.set(fault, ended);
    }
    // `Promise.race` of an empty list never ends.
    if (running.size > 0) await Promise.race(running.values());
  }
  return results;
}

async function problemOf(step: () => Promise<void>): Promise<readonly Problem[]> {
  try {
    await step();
    return [];
  } catch (error) {
    if (error instanceof StepFailed) return [error.problem];
    throw error;
  }
}

function notRun({ fault, round }: PlannedDrill, run: DrillRun): FaultResult {
  return {
    fault: fault.name,
    round,
    verdict: 'not-run',
    problems: [{ step: 'inject', message: notInjected(fault.name, run), couldNotRun: true }],
    alerts: [],
    consequences: [],
    total: 0,
  };
}
