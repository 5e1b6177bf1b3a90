import { prometheusRules } from '../../rules/index.ts';
import { type Check, fail, pass } from '../check.ts';

/** Checks that every rule group is loaded, and that each rule was evaluated without an error. */
export const rules: Check = async (system) => {
  const { prometheus, rulesProfile } = system;
  const loaded = await prometheus.ruleGroups();
  const findings = prometheusRules({ profile: rulesProfile, expected: system }).groups.map(
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
  return findings;
};
