import type { AlertOverrides } from '../config/alert-overrides.ts';
import { ruleGroups } from './groups.ts';
import { type InhibitRule, inhibitRules } from './inhibit.ts';
import type { Severity } from './rule.ts';

const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

const alerts = ruleGroups.flatMap(({ alerting = [] }) => alerting);

/** Inhibition rules of an environment. No alert inhibits a platform alert with a higher severity. */
export function inhibitRulesFor(overrides: AlertOverrides = {}): readonly InhibitRule[] {
  const changed = alerts.some(({ alert }) => overrides[alert]?.severity !== undefined);
  return changed ? inhibitRules.flatMap((rule) => withoutMilderSources(rule, overrides)) : inhibitRules;
}

function withoutMilderSources(rule: InhibitRule, overrides: AlertOverrides): readonly InhibitRule[] {
  const severityOf = (name: string) => {
    const declared = alerts.find(({ alert }) => alert === name)?.severity;
    return overrides[name]?.severity ?? declared;
  };
  const targets = matched(rule.target_matchers);
  const bySource = matched(rule.source_matchers).map((source) => {
    const own = severityOf(source);
    return {
      source,
      kept: targets.filter((target) => {
        const other = severityOf(target);
        return own === undefined || other === undefined || rank[own] >= rank[other];
      }),
    };
  });
  if (bySource.every(({ kept }) => kept.length === targets.length)) return [rule];
  return bySource
    .filter(({ kept }) => kept.length > 0)
    .map(({ source, kept }) => ({
      ...rule,
      source_matchers: [named([source]), ...rule.source_matchers.slice(1)],
      target_matchers: [named(kept), ...rule.target_matchers.slice(1)],
    }));
}

const named = (names: readonly string[]): string => `alertname=~"${names.join('|')}"`;

/** A pattern such as `Nats.*` selects only alerts of this repository. An alert of a chart needs its full name. */
function matched([matcher = '']: readonly string[]): readonly string[] {
  const [, pattern = ''] = /^alertname=~"(.*)"$/.exec(matcher) ?? [];
  const own = alerts.map(({ alert }) => alert).filter((name) => new RegExp(`^(?:${pattern})$`).test(name));
  const thirdParty = pattern.split('|').filter((part) => /^\w+$/.test(part) && !own.includes(part));
  return [...own, ...thirdParty];
}
