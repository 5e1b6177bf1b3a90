import { faults } from '../../demo/faults/index.ts';
import { prometheusRules } from '../../rules/index.ts';

export function laptopAlerts(): ReadonlySet<string> {
  const { groups } = prometheusRules({ profile: 'laptop' });
  return new Set(
    groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : []))),
  );
}

/** Alerts that at least one fault must raise. */
export function drilledAlerts(): ReadonlySet<string> {
  return new Set(faults.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)));
}
