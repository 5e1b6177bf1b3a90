import { parser } from '@prometheus-io/lezer-promql';
import type { PrometheusRule } from '../../../rules/index.ts';
import { alerts, recordings } from '../promtool.ts';
import { type Change, changesAt, type MutationOperator, scaled } from './operators.ts';

export interface Mutant {
  /** The alert or the recorded series. If a series has several rules, a number such as ` #2` follows. */
  readonly rule: string;
  readonly operator: MutationOperator;
  /** The changed text and its replacement, such as `5m → 150s`. */
  readonly change: string;
  /** Position of the change in the expression. -1 if the mutant changes the field `for` of an alert. */
  readonly at: number;
  /** The change of the expression. Undefined if the mutant changes the field `for` of an alert. */
  readonly edit?: Change;
  readonly original: PrometheusRule;
  readonly mutated: PrometheusRule;
}

export const namedRules: readonly (readonly [name: string, rule: PrometheusRule])[] = [
  ...alerts.map((rule) => [rule.alert, rule] as const),
  ...recordings.map((rule) => {
    const same = recordings.filter(({ record }) => record === rule.record);
    const position = same.length > 1 ? ` #${same.indexOf(rule) + 1}` : '';
    return [`${rule.record}${position}`, rule] as const;
  }),
];

/** All mutants of a rule. No two mutants have the same text. */
export function mutantsOf(name: string, original: PrometheusRule): readonly Mutant[] {
  const { expr } = original;
  const seen = new Set([expr]);
  const mutants: Mutant[] = [];
  parser.parse(expr).iterate({
    enter: ({ node }) => {
      for (const edit of changesAt(node, (part) => expr.slice(part.from, part.to))) {
        const { operator, from, to, text } = edit;
        const changed = expr.slice(0, from) + text + expr.slice(to);
        if (seen.has(changed)) continue;
        seen.add(changed);
        const change = `${short(expr.slice(from, to))} → ${short(text)}`;
        mutants.push({
          rule: name,
          operator,
          change,
          at: from,
          edit,
          original,
          mutated: { ...original, expr: changed },
        });
      }
    },
  });
  return [...mutants, ...changesOfFor(name, original)];
}

function changesOfFor(rule: string, original: PrometheusRule): readonly Mutant[] {
  if (!('alert' in original) || original.for === undefined) return [];
  return ['0s', ...scaled(original.for)].map((changed) => ({
    rule,
    operator: 'for',
    change: `${original.for} → ${changed}`,
    at: -1,
    original,
    mutated: { ...original, for: changed },
  }));
}

const shown = 60;
const short = (text: string) => (text.length > shown ? `${text.slice(0, shown)}…` : text);
