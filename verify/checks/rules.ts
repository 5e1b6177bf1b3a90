import { type PrometheusRule, prometheusRules } from '../../rules/index.ts';
import { type Check, type Finding, fail, pass, type System, skip } from '../check.ts';

/** Checks the names and errors of the loaded rules, not their expressions. Also lists disabled rules. */
export const rules: Check = async (system) => {
  const { prometheus, rulesProfile, alerting } = system;
  const loaded = await prometheus.ruleGroups();
  const findings = prometheusRules({ profile: rulesProfile, expected: system, ...alerting }).groups.map(
    ({ name, rules: declared }) => {
      const group = loaded.find((g) => g.name === name);
      if (!group)
        return fail(
          `rules ${name}`,
          'the program that evaluates the rules (Prometheus or the Thanos ruler) has not loaded this group of rules',
        );
      const bad = group.rules.find((r) => r.health !== 'ok');
      if (bad)
        return fail(`rules ${name}`, `${bad.name} is ${bad.health}: ${bad.lastError ?? 'not yet evaluated'}`);
      const difference = differenceOf(
        declared.map(nameOf),
        group.rules.map((rule) => rule.name),
      );
      if (difference !== undefined) return fail(`rules ${name}`, difference);
      return pass(
        `rules ${name}`,
        `${group.rules.length} evaluated in ${(group.evaluationTime * 1000).toFixed(1)} ms`,
      );
    },
  );
  return [...findings, ...disabled(system)];
};

const nameOf = (rule: PrometheusRule) => ('alert' in rule ? rule.alert : rule.record);

function differenceOf(expected: readonly string[], loaded: readonly string[]): string | undefined {
  const missing = without(expected, loaded);
  const surplus = without(loaded, expected);
  if (missing.length === 0 && surplus.length === 0) return undefined;
  return [
    ...(missing.length > 0 ? [`not loaded: ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`loaded, but not expected: ${surplus.join(', ')}`] : []),
    'deploy the rules of this checkout, or check out the deployed version',
  ].join('; ');
}

/** Multiset difference: `['a', 'a', 'b']` without `['a']` is `['a', 'b']`. */
function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return names.filter((name) => {
    const index = left.indexOf(name);
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

function disabled({ alerting: { overrides = {}, chartRulesOff = {} } = {} }: System): readonly Finding[] {
  const off = (what: string, reasons: Readonly<Record<string, string>> = {}) =>
    Object.entries(reasons).map(([name, reason]) => skip(`${what} ${name}`, `disabled: ${reason}`));
  const reasons = Object.entries(overrides).flatMap(([alert, { disabled: reason }]) =>
    reason === undefined ? [] : [[alert, reason] as const],
  );
  return [
    ...off('alert', Object.fromEntries(reasons)),
    ...off('chart rules', chartRulesOff.groups),
    ...off('chart alert', chartRulesOff.alerts),
  ];
}
