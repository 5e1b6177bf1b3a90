import {
  type BinaryNode,
  nodesIn,
  type PromqlNode,
  partsOf,
  promqlTree,
} from '../../../../metrics/promql-tree.ts';
import type { PrometheusRule } from '../../../../rules/index.ts';
import type { Change } from '../operators.ts';

/** A node of an expression, and the nodes that contain it. The innermost node is first. */
export interface Place {
  readonly node: PromqlNode;
  readonly around: readonly PromqlNode[];
}

export interface Candidate {
  readonly rule: PrometheusRule;
  readonly change: Change;
  readonly place: Place;
}

/** The innermost node around a part of the text. */
export function placeOf(expr: string, from: number, to: number): Place {
  let node = promqlTree(expr);
  const around: PromqlNode[] = [];
  for (;;) {
    const inner = partsOf(node).find((part) => part.from <= from && to <= part.to);
    if (!inner) return { node, around };
    around.unshift(node);
    node = inner;
  }
}

/** The place of the parent node. Undefined for the root of the syntax tree. */
export function outside({ around: [node, ...around] }: Place): Place | undefined {
  return node && { node, around };
}

const setOperators = new Set(['and', 'or', 'unless']);
const comparisons = new Set(['==', '!=', '>', '>=', '<', '<=']);

export const isSetOperator = ({ operator }: BinaryNode) => setOperators.has(operator);
export const isComparison = ({ operator }: BinaryNode) => comparisons.has(operator);
export const isArithmetic = (node: BinaryNode) => !isSetOperator(node) && !isComparison(node);

export function isScalar(node: PromqlNode): boolean {
  if (node.kind === 'call') return node.name === 'time' || node.name === 'scalar';
  return nodesIn(node).every(
    (part) =>
      ['number', 'parentheses', 'other', 'binary'].includes(part.kind) ||
      (part.kind === 'call' && part.name === 'time'),
  );
}

const labelKeeping =
  /^(rate|irate|increase|delta|idelta|deriv|changes|resets|timestamp|predict_linear|abs|ceil|floor|round|(avg|min|max|sum|last|count|present|stddev)_over_time)$/;

export function keptVector(node: PromqlNode): PromqlNode | undefined {
  if (node.kind !== 'call' || !labelKeeping.test(node.name)) return undefined;
  return node.args.find((arg) => !isScalar(arg));
}
