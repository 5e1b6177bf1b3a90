import { prometheusRules } from '../../rules/index.ts';
import { type Check, type Finding, fail, pass, type System, skip } from '../check.ts';

/**
 * Checks that every rule group is loaded, and that each rule was evaluated without an error. Lists the alerts that the
 * environment disables.
 */
export const rules: Check = async (system) => {
  const { prometheus, rulesProfile, alerting } = system;
  const loaded = await prometheus.ruleGroups();
  const findings = prometheusRules({ profile: rulesProfile, expected: system, ...alerting }).groups.map(
    ({ name, rules: declared }) => {
      const group = loaded.find((g) => g.name === name);
      if (!group) return fail(`rules ${name}`, 'Prometheus has not loaded this group of rules');
      const bad = group.rules.find((r) => r.health !== 'ok');
      if (bad)
        return fail(`rules ${name}`, `${bad.name} is ${bad.health}: ${bad.lastError ?? 'not yet evaluated'}`);
      if (group.rules.length !== declared.length) {
        return fail(`rules ${name}`, `expected ${declared.length} rules, ${group.rules.length} are loaded`);
      }
      return pass(
        `rules ${name}`,
        `${group.rules.length} evaluated in ${(group.evaluationTime * 1000).toFixed(1)} ms`,
      );
    },
  );
  return [...findings, ...disabled(system)];
};

/** The alerts that do not run because the environment disables them, with the reasons. */
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
