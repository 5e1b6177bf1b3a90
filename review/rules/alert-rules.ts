import type { Change } from '../change/change.ts';
import { isBranch, type Tree, valuesAt } from '../change/tree.ts';
import { derived, pair, pairsAt } from './look.ts';
import type { Look, Pair } from './rule.ts';

/** Path of the rules in the values of a release. */
const inValues = ['additionalPrometheusRulesMap', '*', 'groups', 'rules'];

/** Pairs each rule before and after the change. A rule that moves to another group is one pair. */
export function rulePairs(change: Change, kind: 'alert' | 'record'): readonly Pair[] {
  const all = [
    ...(change.release ? pairsAt(change.release.before, change.release.after, inValues, ['values']) : []),
    ...change.objects
      .filter((object) => object.kind === 'PrometheusRule')
      .flatMap(({ path, before, after }) => pairsAt(before, after, ['spec', 'groups', 'rules'], path)),
  ].flatMap(({ path, before, after }) => pairsAt(before, after, ['*'], path));
  const rules = all.filter(({ before, after }) => nameIn(after ?? before, kind) !== undefined);
  return joined(rules, kind);
}

function joined(pairs: readonly Pair[], kind: 'alert' | 'record'): readonly Pair[] {
  const removed = pairs.filter(({ after }) => after === undefined);
  const added = new Set(pairs.filter(({ before }) => before === undefined));
  const moved = removed.flatMap((one) => {
    const other = [...added].find(({ after }) => nameIn(after, kind) === nameIn(one.before, kind));
    if (!other) return [];
    added.delete(other);
    return [{ one, other, both: pair(other.path, one.before, other.after) }];
  });
  const replaced = new Set(moved.flatMap(({ one, other }) => [one, other]));
  return [...pairs.filter((one) => !replaced.has(one)), ...moved.map(({ both }) => both)];
}

function nameIn(rule: Tree | undefined, kind: 'alert' | 'record'): string | undefined {
  const name = isBranch(rule) ? rule[kind] : undefined;
  return typeof name === 'string' ? name : undefined;
}

export const alerts: Look = derived('each alert', (change) => rulePairs(change, 'alert'));
export const recordings: Look = derived('each recording rule', (change) => rulePairs(change, 'record'));

export function ofAlerts(...path: readonly string[]): Look {
  return derived(`\`${path.join('.')}\` of each alert`, (change) =>
    rulePairs(change, 'alert')
      .filter(({ before, after }) => before !== undefined && after !== undefined)
      .flatMap(({ path: at, before, after }) => pairsAt(before, after, path, at)),
  );
}

export function alertAt({ path }: Pair, keysAfterName: number): string {
  return path[path.length - 1 - keysAfterName] ?? 'an alert';
}

export function severitiesOf(route: Tree | undefined): readonly string[] {
  return valuesAt(route, 'matchers').flatMap((matcher) => {
    const [, severities] = /^severity\s*=~?\s*"?([^"]*)"?$/.exec(String(matcher)) ?? [];
    return severities?.split('|') ?? [];
  });
}
