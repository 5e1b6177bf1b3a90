import { federation } from './federation.ts';
import { infrastructure } from './infrastructure.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import type { Act, Step } from './step.ts';

export const acts: readonly Act[] = [infrastructure, pull, federation, push];

export interface PlacedStep {
  readonly act: Act;
  readonly step: Step;
  /** Position in the tour, from 0. */
  readonly index: number;
  /** Position of the step in the act, from 1. */
  readonly numberInAct: number;
}

export const steps: readonly PlacedStep[] = acts
  .flatMap((act) => act.steps.map((step, position) => ({ act, step, numberInAct: position + 1 })))
  .map((placed, index) => ({ ...placed, index }));

const [first] = steps as readonly [PlacedStep, ...PlacedStep[]];

/** Returns the first step for an unknown id. */
export function stepOf(id: string | null): PlacedStep {
  return steps.find(({ step }) => step.id === id) ?? first;
}

/** Returns the first or the last step for a position outside the tour. */
export function neighbour({ index }: PlacedStep, by: number): PlacedStep {
  const position = Math.min(steps.length - 1, Math.max(0, index + by));
  return steps[position] ?? first;
}

/** The line above the title of a step: the name of its act, or "Summary" at the last step. */
export function headingOf({ act, step }: PlacedStep): string {
  return step.closing === undefined
    ? `Act ${act.number} of ${acts.length} · ${act.title}`
    : `Summary of the ${acts.length} acts`;
}

export const messageOf = ({ act, step }: PlacedStep): string => step.closing ?? act.message;

export const totalMinutes = acts.reduce((sum, { minutes }) => sum + minutes, 0);
