import type { Plan } from '../../../review/plan/read-plan.ts';

/** Two plans for a rule: the rule applies to the first plan, and does not apply to the second. */
export interface RuleCase {
  readonly applies: () => Plan;
  /** A similar change without the risk. */
  readonly other: () => Plan;
}

/** Cases by the id of the rule. */
export type RuleCases = Readonly<Record<string, RuleCase>>;
