import { seconds } from '../../metrics/duration.ts';
import type { PrometheusRuleGroup } from '../../rules/index.ts';
import type { LoadedGroup } from './history.ts';

/** Durations are in seconds. */
export interface TestedAlert {
  readonly alert: string;
  readonly group: string;
  readonly expr: string;
  readonly for: number;
  readonly keepFiringFor: number;
  readonly interval: number;
}

export interface TestedRecording {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly interval: number;
}

export interface RuleSet {
  readonly alerts: readonly TestedAlert[];
  readonly recordings: readonly TestedRecording[];
}

export function loadedRules(groups: readonly LoadedGroup[]): RuleSet {
  const all = groups.flatMap(({ name, interval, rules }) =>
    rules.map((rule) => ({ ...rule, group: name, interval })),
  );
  return {
    alerts: all
      .filter(({ type }) => type === 'alerting')
      .map(({ name, group, query, duration, keepFiringFor, interval }) => ({
        alert: name,
        group,
        expr: query,
        for: duration,
        keepFiringFor,
        interval,
      })),
    recordings: all
      .filter(({ type }) => type === 'recording')
      .map(({ name, query, labels, interval }) => ({ record: name, expr: query, labels, interval })),
  };
}

/** @param interval seconds between two evaluations, for groups that set no interval */
export function checkoutRules(groups: readonly PrometheusRuleGroup[], interval: number): RuleSet {
  const all = groups.flatMap((group) =>
    group.rules.map((rule) => ({
      rule,
      group: group.name,
      interval: group.interval ? seconds(group.interval) : interval,
    })),
  );
  return {
    alerts: all.flatMap(({ rule, group, interval: every }) =>
      'alert' in rule
        ? [
            {
              alert: rule.alert,
              group,
              expr: rule.expr,
              for: seconds(rule.for ?? '0s'),
              keepFiringFor: 0,
              interval: every,
            },
          ]
        : [],
    ),
    recordings: all.flatMap(({ rule, interval: every }) =>
      'record' in rule
        ? [{ record: rule.record, expr: rule.expr, labels: rule.labels ?? {}, interval: every }]
        : [],
    ),
  };
}
