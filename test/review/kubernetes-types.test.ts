import { describe, expect, it } from 'vitest';
import { canonicalType, typeAliases } from '../../review/change/kubernetes-types.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { rules } from '../../review/rules/all-rules.ts';
import { ruleCases } from './cases/all-cases.ts';
import { foundRules } from './found-rules.ts';

const withoutVersion = new Map([...typeAliases].map(([alias, type]) => [type, alias]));

/** A plan in which each type of Kubernetes has no version. */
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

describe('a type of Kubernetes without a version has the rules of the type with the version', () => {
  it('has cases of many rules', () => {
    expect(concerned.length).toBeGreaterThanOrEqual(20);
  });

  it.each(concerned)('$id', ({ plan }) => {
    expect(foundRules(unversioned(plan))).toEqual(foundRules(plan));
  });

  it('for each type that a rule names', () => {
    const named = rules
      .flatMap(({ looksAt }) => looksAt.map(({ text }) => text))
      .flatMap((text) => text.match(/\bkubernetes_\w+_v\d+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    for (const type of named) {
      expect([...typeAliases.values()]).toContain(type);
    }
  });

  it('also for a DaemonSet, whose type without a version has another spelling', () => {
    expect(canonicalType('kubernetes_daemonset')).toBe('kubernetes_daemon_set_v1');
  });
});
