import { faults } from '../../demo/faults/index.ts';
import { prometheusRules } from '../../rules/index.ts';

/** Names of the alerts that the laptop pipeline evaluates. */
export function laptopAlerts(): ReadonlySet<string> {
  const { groups } = prometheusRules({ profile: 'laptop' });
  return new Set(
    groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : []))),
  );
}

/** Names of the alerts that at least one fault must raise. A drill fails if such an alert does not come. */
export function drilledAlerts(): ReadonlySet<string> {
  return new Set(faults.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)));
}
