import type { Plan } from '../../../review/plan/read-plan.ts';

/** A plan to which a rule applies, and a similar plan to which the rule does not apply. */
export interface RuleCase {
  readonly applies: () => Plan;
  readonly other: () => Plan;
}

/** Cases by the id of the rule. */
export type RuleCases = Readonly<Record<string, RuleCase>>;
