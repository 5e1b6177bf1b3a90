import type { Plan } from '../../review/plan/read-plan.ts';
import { reviewPlans } from '../../review/review.ts';

/** The tiers of all findings of a plan, by the id of the rule. */
export function foundRules(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reviewPlans([plan]).stacks.flatMap(({ changes }) =>
      changes.flatMap((change) => change.findings.map(({ id, tier }) => [id, tier])),
    ),
  );
}
