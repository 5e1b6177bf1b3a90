import { didYouMean } from '../console/cli/did-you-mean.ts';
import { planOf } from '../demo/faults/plan.ts';
import type { PlannedDrill } from './drill.ts';
import { CouldNotRun, type DrillFault } from './target.ts';

export interface OrderOptions {
  /** @default all faults */
  readonly names: readonly string[] | undefined;
  readonly rounds: number;
  /**
   * Seed for a random order of the faults.
   * @default none: the faults run in the order of the list
   */
  readonly seed: number | undefined;
}

export function requireKnown(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const [suggestion] = unknown.flatMap((name) => didYouMean(name, known) ?? []);
  throw new CouldNotRun(
    `There is no fault ${unknown.join(', ')}. ${suggestion === undefined ? '' : `${suggestion} `}The faults are ${known.join(', ')}.`,
  );
}

/**
 * Each round contains every chosen fault once.
 * @throws CouldNotRun if a name is unknown
 */
export function orderOf(
  faults: readonly DrillFault[],
  { names, rounds, seed }: OrderOptions,
): readonly PlannedDrill[] {
  const known = new Map(faults.map((fault) => [fault.name, fault]));
  const wanted = [...new Set(names ?? known.keys())];
  requireKnown(wanted, [...known.keys()]);
  const length = wanted.length * rounds;
  const order =
    seed === undefined
      ? Array.from({ length: rounds }, () => wanted).flat()
      : planOf(wanted, { every: 1, length, seed }).map(({ fault }) => fault);
  return order.map((name, index) => ({
    fault: known.get(name) as DrillFault,
    round: Math.floor(index / wanted.length) + 1,
  }));
}
