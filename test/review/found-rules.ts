import type { Plan } from '../../review/plan/read-plan.ts';
import { reviewPlans } from '../../review/review.ts';

/** Returns rule ids as keys and tiers as values, such as `{ 'chart-major': 'dangerous' }`. */
export function foundRules(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reviewPlans([plan]).stacks.flatMap(({ changes }) =>
      changes.flatMap((change) => change.findings.map(({ id, tier }) => [id, tier])),
    ),
  );
}
