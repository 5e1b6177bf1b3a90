import { steps } from '../../../tour/acts.ts';
import type { Progress } from '../../../tour/due-check.ts';

export interface DoneSteps {
  /** Number of steps with a check mark (✓). */
  readonly count: number;
  /** Such as `1 of 19 steps done`. */
  readonly text: string;
}

export function doneSteps(progress: Progress): DoneSteps {
  const count = steps.filter(({ step }) => progress[step.id]?.done !== undefined).length;
  return { count, text: `${count} of ${steps.length} steps done` };
}
