import type { AlertOverride, AlertOverrides, ThresholdValue } from '../config/alert-overrides.ts';
import type { Adjust } from '../metrics/promql.ts';
import type { AlertName, DeclaredAlert } from './groups.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';
import type { FollowingThreshold, NumberThreshold, Threshold } from './threshold.ts';

/** A number, or a duration in Prometheus notation. */
type ValueOf<T> = T extends NumberThreshold ? number : string;

/** The thresholds of an alert that an environment may change: all except a `FollowingThreshold`. */
type AdjustableOf<T> = { [K in keyof T as T[K] extends FollowingThreshold ? never : K]: T[K] };

type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;

type ThresholdsOf<T> =
  IsUnion<keyof T> extends true ? { readonly [K in keyof T]?: ValueOf<T[K]> } : ValueOf<T[keyof T]>;

type OverrideOf<R> = Omit<AlertOverride, 'threshold'> &
  (R extends { readonly thresholds: infer T }
    ? { readonly threshold?: ThresholdsOf<AdjustableOf<T>> }
    : { readonly threshold?: never });

/** Overrides by alert name. Each alert accepts only its own thresholds. */
export type TypedOverrides = {
  readonly [N in AlertName]?: OverrideOf<Extract<DeclaredAlert, { readonly alert: N }>>;
};

/** The thresholds that an environment may change, by name. */
export function adjustableThresholds({ thresholds = {} }: AlertingRule): Readonly<Record<string, Threshold>> {
  return Object.fromEntries(Object.entries(thresholds).filter(([, threshold]) => !('follows' in threshold)));
}

/** The thresholds that the override changes, by name. */
export function changedThresholds(
  rule: AlertingRule,
  { threshold }: AlertOverride,
): Readonly<Record<string, ThresholdValue>> {
  if (threshold === undefined) return {};
  if (typeof threshold === 'object') return threshold;
  return Object.fromEntries(Object.keys(adjustableThresholds(rule)).map((name) => [name, threshold]));
}

/** Returns a function that replaces a declared threshold if `overrides` contains another value. */
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

/** Replaces the `for` and the severity of a rule with the values of the environment. */
export function overridden(rule: AlertingRule, override: AlertOverride = {}): AlertingRule {
  const { for: wait, severity } = override;
  return {
    ...rule,
    ...(wait !== undefined && { for: { production: wait, laptop: wait } }),
    ...(severity !== undefined && { severity }),
  };
}
