import type { AlertOverride, AlertOverrides, ThresholdValue } from '../config/alert-overrides.ts';
import type { Adjust } from '../metrics/promql.ts';
import type { AlertName, DeclaredAlert } from './groups.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';
import type { FollowingThreshold, NumberThreshold, Threshold } from './threshold.ts';

/** The declared threshold as a value that an environment sets: a number, or a duration in Prometheus notation. */
type ValueOf<T> = T extends NumberThreshold ? number : string;

/** The thresholds of an alert that an environment may change. */
type AdjustableOf<T> = { [K in keyof T as T[K] extends FollowingThreshold ? never : K]: T[K] };

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

/** A value for an alert with one threshold, and an object by threshold name for an alert with several thresholds. */
type ThresholdsOf<T> =
  IsUnion<keyof T> extends true ? { readonly [K in keyof T]?: ValueOf<T[K]> } : ValueOf<T[keyof T]>;

type OverrideOf<R> = Omit<AlertOverride, 'threshold'> &
  (R extends { readonly thresholds: infer T }
    ? { readonly threshold?: ThresholdsOf<AdjustableOf<T>> }
    : { readonly threshold?: never });

/** Changes of an environment to the alerts, by the name of the alert. Each alert accepts only its own thresholds. */
export type TypedOverrides = {
  readonly [N in AlertName]?: OverrideOf<Extract<DeclaredAlert, { readonly alert: N }>>;
};

/** The thresholds of a rule that an environment may change, by name. */
export function adjustableThresholds({ thresholds = {} }: AlertingRule): Readonly<Record<string, Threshold>> {
  return Object.fromEntries(Object.entries(thresholds).filter(([, threshold]) => !('follows' in threshold)));
}

/** The changed thresholds of a rule by name. A single value belongs to the only threshold of the rule. */
export function changedThresholds(
  rule: AlertingRule,
  { threshold }: AlertOverride,
): Readonly<Record<string, ThresholdValue>> {
  if (threshold === undefined) return {};
  if (typeof threshold === 'object') return threshold;
  return Object.fromEntries(Object.keys(adjustableThresholds(rule)).map((name) => [name, threshold]));
}

/**
 * The thresholds with the values of an environment. Expressions, texts and panels read a threshold through this
 * function. Each threshold belongs to one alert; therefore a change of one alert never changes another alert.
 */
export function adjustments(groups: readonly RuleGroup[], overrides: AlertOverrides = {}): Adjust {
  const values = new Map<object, Threshold>();
  for (const rule of groups.flatMap(({ alerting = [] }) => alerting)) {
    const changed = changedThresholds(rule, overrides[rule.alert] ?? {});
    for (const [name, value] of Object.entries(changed)) {
      const declared = rule.thresholds?.[name];
      if (declared) values.set(declared, withValue(declared, value));
    }
  }
  return <T extends object>(declared: T) => (values.get(declared) ?? declared) as T;
}

function withValue(declared: Threshold, value: ThresholdValue): Threshold {
  if (declared.unit === 'duration') {
    return { ...declared, value: { production: String(value), laptop: String(value) } };
  }
  return { ...declared, value: Number(value) };
}

/** The rule with the `for` and the severity of an environment. */
export function overridden(rule: AlertingRule, override: AlertOverride = {}): AlertingRule {
  const { for: wait, severity } = override;
  return {
    ...rule,
    ...(wait !== undefined && { for: { production: wait, laptop: wait } }),
    ...(severity !== undefined && { severity }),
  };
}
