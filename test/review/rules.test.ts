import { describe, expect, it } from 'vitest';
import type { Plan } from '../../review/plan/read-plan.ts';
import { reviewPlans } from '../../review/review.ts';
import { rules, unknownDifference } from '../../review/rules/all-rules.ts';
import { ruleCases } from './cases/all-cases.ts';
import { releaseChange } from './local-change.ts';

function found(plan: Plan): readonly string[] {
  return reviewPlans([plan]).stacks.flatMap(({ changes }) =>
    changes.flatMap(({ findings }) => findings.map(({ id }) => id)),
  );
}

describe('the rules of the review', () => {
  it('have different ids', () => {
    expect(rules.length).toBeGreaterThanOrEqual(40);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  it('each have a test case', () => {
    expect(Object.keys(ruleCases).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('have a reason and a remedy that are sentences', () => {
    for (const { id, title, reason, remedy } of [...rules, unknownDifference]) {
      expect(title, id).toMatch(/^[A-Z].*[^.]$/);
      for (const text of [reason, remedy]) expect(text, id).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it.each(rules.map(({ id }) => id))(
  'the review rule %s matches the plan of its test case, but not a similar plan',
  (id) => {
    const plans = ruleCases[id];
    if (!plans) throw new Error(`no case of ${id}`);
    expect(found(plans.applies())).toContain(id);
    const other = reviewPlans([plans.other()]);
    expect(other.stacks.flatMap(({ changes }) => changes).length).toBeGreaterThan(0);
    expect(found(plans.other())).not.toContain(id);
  },
);

it('a change is rated `review` if no rule describes it', () => {
  const plan = releaseChange('pushgateway', (values) => {
    values.unheardOf = 1;
  });
  expect(found(plan)).toEqual(['changed']);
  expect(reviewPlans([plan]).tier).toBe('review');
});

it('a change has the tier `review` if one of its two differences matches no rule', () => {
  const plan = releaseChange('kube-prometheus-stack', (values) => {
    values.prometheus.prometheusSpec.retention = '2w';
    values.unheardOf = 1;
  });
  expect([...found(plan)].sort()).toEqual(['changed', 'retention-longer']);
  expect(reviewPlans([plan]).tier).toBe('review');
});
