import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { definitionOf } from '../../sources/index.ts';

export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

export interface Analysis {
  /** Position and text of each syntax error. */
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
  /** Labels in `by`, `without`, `on`, `ignoring` and `group_left`. */
  readonly groupings: readonly string[];
  /** Ranges without brackets, such as `5m`. */
  readonly ranges: readonly string[];
}

/** Labels that a scrape or a push adds to a metric. */
export const targetLabels = ['job', 'instance', 'cluster', 'environment', 'namespace', 'dag_id'];

export function analyse(expr: string): Analysis {
  const tree = parser.parse(expr);
  const text = (node: { readonly from: number; readonly to: number }) => expr.slice(node.from, node.to);
  const errors: string[] = [];
  const selectors: Selector[] = [];
  const groupings: string[] = [];
  const ranges: string[] = [];
  tree.iterate({
    enter: ({ type, node }) => {
      if (type.isError)
        errors.push(`at ${node.from}: …${expr.slice(Math.max(0, node.from - 20), node.to + 20)}…`);
      if (type.name === 'VectorSelector') selectors.push(selector(node, text));
      if (type.name === 'GroupingLabels') groupings.push(...node.getChildren('LabelName').map(text));
      if (type.name === 'MatrixSelector') ranges.push(...node.getChildren('DurationExpr').map(text));
    },
  });
  return { errors, selectors, groupings, ranges };
}

/** Errors of an expression: wrong syntax, no selector, unknown metrics and unknown labels. */
export function objections(expr: string): readonly string[] {
  const { errors, selectors, groupings } = analyse(expr);
  const known = new Set(selectors.flatMap(({ metric }) => labelsOf(metric)));
  return [
    ...errors.map((error) => `not PromQL ${error}`),
    ...(selectors.length === 0 ? ['selects nothing'] : []),
    ...selectors
      .filter(({ metric }) => !definitionOf(metric))
      .map(({ metric }) => `unknown metric ${metric}`),
    ...selectors.flatMap(({ metric, labels }) =>
      labels
        .filter((label) => !labelsOf(metric).includes(label))
        .map((label) => `${metric} has no label ${label}`),
    ),
    ...groupings.filter((label) => !known.has(label)).map((label) => `no series here has a label ${label}`),
  ];
}

function labelsOf(metric: string): readonly string[] {
  const definition = definitionOf(metric);
  if (!definition) return [];
  const ofTarget = metric.includes(':') ? [] : targetLabels;
  return [...definition.labels, ...ofTarget, ...(definition.type === 'histogram' ? ['le'] : [])];
}

function selector(node: SyntaxNode, text: (node: SyntaxNode) => string): Selector {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers');
  const labels: string[] = [];
  matchers?.cursor().iterate(({ type, node: inner }) => {
    if (type.name === 'LabelName') labels.push(text(inner));
  });
  return { metric: name ? text(name) : '', labels };
}
