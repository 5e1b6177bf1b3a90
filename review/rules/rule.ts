import type { Change } from '../change/change.ts';
import type { Tree } from '../change/tree.ts';
import type { Tier } from '../tier.ts';

/** docs/reference/plan-rules.md groups the rules by concern. */
export type Concern =
  | 'data'
  | 'exposure'
  | 'rights'
  | 'monitoring'
  | 'downtime'
  | 'versions'
  | 'no harm'
  | 'not known';

export interface Pair {
  readonly path: readonly string[];
  readonly before?: Tree;
  readonly after?: Tree;
}

/** Selects the values that a rule checks, for example `spec.replicas` of a Deployment. */
export interface Look {
  /** Description for the list of all rules. */
  readonly text: string;
  pairs(change: Change): readonly Pair[];
}

/** Returns the evidence in one line, such as `10d → 3d`. Returns undefined if the rule does not apply. */
export type When = (pair: Pair, change: Change) => string | undefined;

export interface Rule {
  /** Name of the rule for the option `--accept`. */
  readonly id: string;
  readonly tier: Tier;
  readonly concern: Concern;
  readonly title: string;
  readonly looksAt: readonly Look[];
  readonly when: When;
  readonly reason: string;
  /** Instruction to the operator, such as `Confirm that the ingress controller is internal.` */
  readonly remedy: string;
}
