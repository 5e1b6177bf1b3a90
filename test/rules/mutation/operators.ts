import type { SyntaxNode } from '@lezer/common';
import { seconds } from '../../../metrics/duration.ts';

/** A change of one part of an expression: the new text, and the position of the old text. */
export interface Change {
  readonly operator: MutationOperator;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export type MutationOperator =
  | 'threshold'
  | 'comparison'
  | 'arithmetic'
  | 'window'
  | 'for'
  | 'matcher'
  | 'join labels'
  | 'grouping'
  | 'aggregation'
  | 'function'
  | 'set operator'
  | 'absence';

type TextOf = (node: { readonly from: number; readonly to: number }) => string;
type Mutation = (node: SyntaxNode, text: TextOf) => readonly Change[];

const replace = (
  operator: MutationOperator,
  { from, to }: SyntaxNode,
  ...texts: string[]
): readonly Change[] => texts.map((text) => ({ operator, from, to, text }));

const operands = ({ firstChild, lastChild }: SyntaxNode) => [firstChild, lastChild] as const;

const comparisons: Readonly<Record<string, readonly string[]>> = {
  Gtr: ['<', '>='],
  Gte: ['<', '>'],
  Lss: ['>', '<='],
  Lte: ['>', '<'],
  Eql: ['!='],
  Neq: ['=='],
};

const arithmetics: Readonly<Record<string, string>> = { Add: '-', Sub: '+', Mul: '/', Div: '*' };

const aggregations: Readonly<Record<string, string>> = {
  Sum: 'max',
  Avg: 'sum',
  Max: 'min',
  Min: 'max',
  Count: 'sum',
  Group: 'sum',
};

const functions: Readonly<Record<string, string>> = {
  rate: 'increase',
  increase: 'rate',
  delta: 'changes',
  changes: 'resets',
  avg_over_time: 'max_over_time',
  max_over_time: 'min_over_time',
  min_over_time: 'max_over_time',
  sum_over_time: 'avg_over_time',
  last_over_time: 'min_over_time',
  stddev_over_time: 'avg_over_time',
};

/** Half of a duration and twice the duration, in seconds. */
export const scaled = (duration: string): readonly string[] =>
  [0.5, 2].map((factor) => `${Math.max(1, Math.round(seconds(duration) * factor))}s`);

const number = (value: number) => String(Number(value.toPrecision(12)));

/** Mutations of a syntax node. Each key is a node type of the PromQL grammar. */
const mutations: Readonly<Record<string, Mutation>> = {
  NumberDurationLiteral: (node, text) => {
    const value = Number(text(node));
    if (!Number.isFinite(value)) return [];
    if (value === 0) return replace('threshold', node, '1');
    return replace('threshold', node, number(value * 0.8), number(value * 1.25));
  },
  NumberDurationLiteralInDurationContext: (node, text) => replace('window', node, ...scaled(text(node))),
  UnquotedLabelMatcher: (node, text) => {
    const operator = node.getChild('MatchOp');
    if (!operator) return [];
    const negated = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' }[text(operator)] ?? '=';
    return [
      ...replace('matcher', operator, negated),
      ...replace('matcher', node, `${text(node.getChild('LabelName') ?? node)}=~".*"`),
    ];
  },
  BinaryExpr: (node, text) => {
    const [left, right] = operands(node);
    if (!left || !right) return [];
    const child = (name: string) => node.getChild(name);
    const whole = (operand: SyntaxNode) => `(${text(operand)})`;
    const of = (operator: MutationOperator, ...texts: string[]) => replace(operator, node, ...texts);
    const set = child('And') ?? child('Or') ?? child('Unless');
    if (set) {
      const other = { And: 'unless', Unless: 'and' }[set.name];
      return [
        ...of('set operator', whole(left), ...(set.name === 'Unless' ? [] : [whole(right)])),
        ...(other ? replace('set operator', set, other) : []),
      ];
    }
    const compared = Object.keys(comparisons).find(child);
    if (compared) {
      return replace('comparison', child(compared) as SyntaxNode, ...(comparisons[compared] ?? []));
    }
    const calculated = Object.keys(arithmetics).find(child);
    return calculated
      ? replace('arithmetic', child(calculated) as SyntaxNode, arithmetics[calculated] ?? '')
      : [];
  },
  GroupingLabels: (node, text) => {
    const labels = node.getChildren('LabelName').map(text);
    const operator = node.parent?.name === 'AggregateModifier' ? 'grouping' : 'join labels';
    return labels.flatMap((label) =>
      replace(operator, node, `(${labels.filter((other) => other !== label).join(', ')})`),
    );
  },
  AggregateOp: (node, text) => {
    const other = node.firstChild && aggregations[node.firstChild.name];
    return other && other !== text(node) ? replace('aggregation', node, other) : [];
  },
  FunctionCall: (node, text) => {
    const identifier = node.getChild('FunctionIdentifier');
    const body = node.getChild('FunctionCallBody');
    if (!identifier || !body) return [];
    const name = text(identifier);
    if (name === 'absent') return replace('absence', node, text(body));
    if (name === 'absent_over_time') return replace('absence', node, `present_over_time${text(body)}`);
    const other = functions[name];
    return other ? replace('function', identifier, other) : [];
  },
};

export const changesAt = (node: SyntaxNode, text: TextOf): readonly Change[] =>
  mutations[node.name]?.(node, text) ?? [];
