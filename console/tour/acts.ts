import { federation } from './federation.ts';
import { infrastructure } from './infrastructure.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import type { Act, Step } from './step.ts';

/** The four acts of the presentation. */
export const acts: readonly Act[] = [infrastructure, pull, federation, push];

export interface PlacedStep {
  readonly act: Act;
  readonly step: Step;
  /** Position in the whole tour, from 0. */
  readonly index: number;
  /** Position in the act, from 1. */
  readonly numberInAct: number;
}

/** All steps of all acts, in order. */
export const steps: readonly PlacedStep[] = acts
  .flatMap((act) => act.steps.map((step, position) => ({ act, step, numberInAct: position + 1 })))
  .map((placed, index) => ({ ...placed, index }));

const [first] = steps as readonly [PlacedStep, ...PlacedStep[]];

/** The first step if no step has the id. */
export function stepOf(id: string | null): PlacedStep {
  return steps.find(({ step }) => step.id === id) ?? first;
}

/** The step `by` places later, limited to the first and the last step. */
export function neighbour({ index }: PlacedStep, by: number): PlacedStep {
  const position = Math.min(steps.length - 1, Math.max(0, index + by));
  return steps[position] ?? first;
}

/** The heading above the title of a step: its act, or the summary of all acts. */
export function headingOf({ act, step }: PlacedStep): string {
  return step.closing === undefined
    ? `Act ${act.number} of ${acts.length} · ${act.title}`
    : `Summary of the ${acts.length} acts`;
}

/** The most important sentence at a step: of its act, or of the whole presentation. */
export const messageOf = ({ act, step }: PlacedStep): string => step.closing ?? act.message;

export const totalMinutes = acts.reduce((sum, { minutes }) => sum + minutes, 0);
