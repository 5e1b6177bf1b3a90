import { describe, expect, it } from 'vitest';
import { canonicalType, typeAliases } from '../../review/change/kubernetes-types.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { rules } from '../../review/rules/all-rules.ts';
import { ruleCases } from './cases/all-cases.ts';
import { foundRules } from './found-rules.ts';

const withoutVersion = new Map([...typeAliases].map(([alias, type]) => [type, alias]));

/** Removes the version from Kubernetes types, such as `_v1` from `kubernetes_secret_v1`. */
function unversioned(plan: Plan): Plan {
  return {
    ...plan,
    resource_changes: plan.resource_changes.map((resource) => ({
      ...resource,
      type: withoutVersion.get(resource.type) ?? resource.type,
    })),
  };
}

const concerned = Object.entries(ruleCases).flatMap(([id, { applies }]) => {
  const plan = applies();
  const changed = plan.resource_changes.some(
    ({ type, change }) => !change.actions.includes('no-op') && withoutVersion.has(type),
  );
  return changed ? [{ id, plan }] : [];
});

it('at least 20 example plans change a resource with a type such as `kubernetes_secret_v1`', () => {
  expect(concerned.length).toBeGreaterThanOrEqual(20);
});

describe('a plan without `_v1` in its resource types', () => {
  it.each(concerned)('has the same findings as the plan with `_v1`: rule $id', ({ plan }) => {
    expect(foundRules(unversioned(plan))).toEqual(foundRules(plan));
  });
});

describe('the map typeAliases', () => {
  it('contains each type such as `kubernetes_secret_v1` that a review rule names', () => {
    const named = rules
      .flatMap(({ looksAt }) => looksAt.map(({ text }) => text))
      .flatMap((text) => text.match(/\bkubernetes_\w+_v\d+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    for (const type of named) {
      expect([...typeAliases.values()]).toContain(type);
    }
  });

  it('maps `kubernetes_daemonset` to `kubernetes_daemon_set_v1`', () => {
    expect(canonicalType('kubernetes_daemonset')).toBe('kubernetes_daemon_set_v1');
  });
});
