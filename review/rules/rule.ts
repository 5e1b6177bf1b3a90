import type { Change } from '../change/change.ts';
import type { Tree } from '../change/tree.ts';
import type { Tier } from '../tier.ts';

/** What a rule is about. The report groups the findings by it. */
export type Concern =
  | 'data'
  | 'exposure'
  | 'rights'
  | 'monitoring'
  | 'downtime'
  | 'versions'
  | 'no harm'
  | 'not known';

/** A value at one place of a change, before and after. */
export interface Pair {
  /** Keys from the root of the change's trees to the value. */
  readonly path: readonly string[];
  readonly before?: Tree;
  readonly after?: Tree;
}

/** The part of a change at which a rule looks. */
export interface Look {
  /** The part in words, for the list of all rules. */
  readonly text: string;
  pairs(change: Change): readonly Pair[];
}

/**
 * The condition of a rule.
 * @returns the evidence in one line, such as `10d → 3d`; undefined if the rule does not apply
 */
export type When = (pair: Pair, change: Change) => string | undefined;

/** A risk of a change, as data. */
export interface Rule {
  /** Unique name; the option `--accept` and the SARIF report use it. */
  readonly id: string;
  readonly tier: Tier;
  readonly concern: Concern;
  /** The risk in one line. */
  readonly title: string;
  readonly looksAt: readonly Look[];
  readonly when: When;
  /** Why the change has this tier. */
  readonly reason: string;
  /** What the operator does before or instead of the deployment. */
  readonly remedy: string;
}
