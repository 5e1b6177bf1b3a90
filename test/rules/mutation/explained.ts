import type { Mutant } from './mutants.ts';

/** Mutants of a rule that no test can kill, or that no test has to kill, and the reason. */
export interface Explanation {
  readonly rule: string;
  /** The changes of the mutants, such as `group → sum`. */
  readonly changes: readonly string[];
  readonly reason: string;
}

export const explanations: readonly Explanation[] = [];

/** The reason why a mutant may survive; undefined if the mutant must be killed. */
export const explanationOf = ({ rule, change }: Pick<Mutant, 'rule' | 'change'>): string | undefined =>
  explanations.find((one) => one.rule === rule && one.changes.includes(change))?.reason;
