import { neighbour, type PlacedStep } from '../../../tour/acts.ts';

export const lastStep = 'This is the last step.';

/** Whether the step is the first or the last step of the Tour. */
export const endsOf = (placed: PlacedStep) =>
  ({ isFirst: neighbour(placed, -1) === placed, isLast: neighbour(placed, 1) === placed }) as const;
