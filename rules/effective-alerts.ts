import { expectedOnLaptop } from '../sources/index.ts';
import { ruleGroups } from './groups.ts';
import { missingProgram } from './missing-program.ts';
import { adjustableThresholds, adjustments, overridden } from './overrides.ts';
import { type RuleOptions, replacedBy } from './prometheus-rules.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';
import { thresholdText } from './threshold.ts';

/** `changed` is true if the environment overrides the default value. */
export interface EffectiveValue {
  readonly text: string;
  readonly changed: boolean;
}

export interface EffectiveAlert {
  readonly alert: string;
  readonly severity: EffectiveValue;
  /** In Prometheus notation, such as `5m`. */
  readonly for: EffectiveValue;
  /** The thresholds that an environment may change. */
  readonly thresholds: Readonly<Record<string, EffectiveValue>>;
  /** Labels and annotations that the environment adds or replaces. */
  readonly texts: Readonly<Record<string, string>>;
  /** Why the alert does not run. Undefined if the alert runs. */
  readonly absent?: string;
}

/** All alerts with the severity, duration and thresholds that apply on the laptop or in an environment. */
export function effectiveAlerts(options: RuleOptions = {}): readonly EffectiveAlert[] {
  const { profile = 'production', overrides = {} } = options;
  const adjust = adjustments(ruleGroups, overrides);
  return ruleGroups
    .flatMap((group) => (group.alerting ?? []).map((declared) => ({ group, declared })))
    .map(({ group, declared }) => {
      const override = overrides[declared.alert];
      const rule = overridden(declared, override);
      const absent = absence(group, declared, options);
      return {
        alert: rule.alert,
        severity: { text: rule.severity, changed: override?.severity !== undefined },
        for: { text: rule.for?.[profile] ?? '0s', changed: override?.for !== undefined },
        thresholds: Object.fromEntries(
          Object.entries(adjustableThresholds(declared)).map(([name, threshold]) => {
            const actual = adjust(threshold);
            return [name, { text: thresholdText(actual, profile), changed: actual !== threshold }];
          }),
        ),
        texts: { ...override?.labels, ...override?.annotations },
        ...(absent !== undefined && { absent }),
      };
    });
}

function absence(group: RuleGroup, rule: AlertingRule, options: RuleOptions): string | undefined {
  const { profile = 'production', expected = expectedOnLaptop } = options;
  const missing = missingProgram(group, { profile, expected });
  if (missing !== undefined) return missing;
  const disabled = options.overrides?.[rule.alert]?.disabled;
  if (disabled !== undefined) return `disabled: ${disabled}`;
  const chartAlert = replacedBy(rule, options);
  return chartAlert && `replaced by the chart's alert ${chartAlert}`;
}
