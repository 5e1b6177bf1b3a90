import { canonical } from '../../metrics/promql-canonical.ts';
import {
  type LabelMatcher,
  nodesIn,
  type PromqlNode,
  partsOf,
  promqlTree,
  type SelectorNode,
} from '../../metrics/promql-tree.ts';
import type { TestedRecording } from './rules.ts';

/** Temporary label in the rewritten expression. No series of the platform has this label. */
const marker = 'backtest_selected';

export const seriesRead = (expr: string): readonly string[] => [
  ...new Set(nodesIn(promqlTree(expr)).flatMap((node) => (node.kind === 'selector' ? [node.metric] : []))),
];

export function sameRecording(
  record: string,
  left: readonly TestedRecording[],
  right: readonly TestedRecording[],
): boolean {
  const texts = (rules: readonly TestedRecording[]) =>
    rules
      .filter((rule) => rule.record === record)
      .map(({ expr, labels }) => `${canonical(expr)} ${JSON.stringify(Object.entries(labels).sort())}`)
      .sort()
      .join('\n');
  return texts(left) === texts(right);
}

export interface Inlining {
  readonly recordings: readonly TestedRecording[];
  readonly names: ReadonlySet<string>;
}

/** Replaces recorded series in an expression with the expressions of their recording rules. */
export function inlineRecordings(expr: string, inlining: Inlining): string {
  return replacementsIn(promqlTree(expr), undefined, expr, inlining).reduceRight(
    (text, { from, to, by }) => text.slice(0, from) + by + text.slice(to),
    expr,
  );
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

function replacementsIn(
  node: PromqlNode,
  parent: PromqlNode | undefined,
  expr: string,
  inlining: Inlining,
): readonly Replacement[] {
  const isInlined = (one: PromqlNode): one is SelectorNode =>
    one.kind === 'selector' && inlining.names.has(one.metric);
  const { from, to } = node;
  if (isInlined(node)) {
    const by = `(${inlinedSelector(node, inlining)})`;
    if (parent?.kind !== 'range') return [{ from, to, by }];
    const [first] = inlining.recordings.filter(({ record }) => record === node.metric);
    const step = `:${first?.interval ?? 1}s]`;
    return [{ from, to: parent.to, by: `${by}${expr.slice(to, parent.to - 1)}${step}` }];
  }
  if (node.kind === 'offset' && isInlined(node.of)) {
    const before = expr.slice(node.of.to, to);
    return [{ from, to, by: `last_over_time((${inlinedSelector(node.of, inlining)})[1s:1s]${before})` }];
  }
  return partsOf(node).flatMap((part) => replacementsIn(part, node, expr, inlining));
}

function inlinedSelector({ metric, matchers }: SelectorNode, inlining: Inlining): string {
  const rules = inlining.recordings.filter(
    ({ record, labels }) =>
      record === metric &&
      matchers.every((matcher) => {
        const value = labels[matcher.label];
        return value === undefined || accepts(matcher, value);
      }),
  );
  if (rules.length === 0) return 'vector(1) == 0';
  return rules
    .map(({ expr, labels }) => {
      const inner = `(${inlineRecordings(expr, inlining)})`;
      const labelled = Object.entries(labels).reduce(
        (text, [label, value]) => `label_replace(${text}, "${label}", ${replacement(value)}, "", "")`,
        inner,
      );
      return matchers.filter(({ label }) => !(label in labels)).reduce(selected, labelled);
    })
    .join(' or ');
}

/** Filters an expression by a label matcher. PromQL does not allow a matcher after a parenthesis. */
function selected(text: string, { label, operator, value }: LabelMatcher): string {
  const regex = operator.endsWith('~') ? value : value.replaceAll(/[\\.^$*+?()[\]{}|]/g, '\\$&');
  const marked = `label_replace(${text}, "${marker}", "1", "${label}", ${JSON.stringify(regex)})`;
  const set = operator.startsWith('!') ? 'unless' : 'and';
  const one = `label_replace(vector(1), "${marker}", "1", "", "")`;
  return `label_replace(${marked} ${set} on (${marker}) ${one}, "${marker}", "", "", "")`;
}

/** Quotes a label value and doubles each `$`, because `label_replace` reads `$1` as a reference. */
const replacement = (value: string) => JSON.stringify(value.replaceAll('$', '$$$$'));

function accepts({ operator, value: expected }: LabelMatcher, value: string): boolean {
  if (operator === '=') return value === expected;
  if (operator === '!=') return value !== expected;
  return new RegExp(`^(?:${expected})$`, 's').test(value) === (operator === '=~');
}
