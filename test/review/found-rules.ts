import type { Plan } from '../../review/plan/read-plan.ts';
import { reviewPlans } from '../../review/review.ts';

/** Key: id of a review rule that has a finding in the plan. Value: tier of the finding, such as `dangerous`. */
export function foundRules(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reviewPlans([plan]).stacks.flatMap(({ changes }) =>
      changes.flatMap((change) => change.findings.map(({ id, tier }) => [id, tier])),
    ),
  );
}
