import { neighbour, type PlacedStep } from '../../../tour/acts.ts';

export const lastStep = 'This is the last step.';

export const endsOf = (placed: PlacedStep) =>
  ({ isFirst: neighbour(placed, -1) === placed, isLast: neighbour(placed, 1) === placed }) as const;
