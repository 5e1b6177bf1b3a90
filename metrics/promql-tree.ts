import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Matcher } from './promql.ts';

/* This file supports only the PromQL syntax of our own rules and of most third-party rules. */

interface Place {
  readonly from: number;
  readonly to: number;
}

export interface LabelMatcher extends Matcher, Place {
  readonly label: string;
}

export interface Labels {
  readonly keyword: 'on' | 'ignoring' | 'by' | 'without' | 'group_left' | 'group_right';
  readonly names: readonly string[];
}

export interface SelectorNode extends Place {
  readonly kind: 'selector';
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
}

export interface BinaryNode extends Place {
  readonly kind: 'binary';
  readonly operator: string;
  readonly bool: boolean;
  /**
   * The clause `on (…)` or `ignoring (…)`.
   * @default no clause: PromQL compares all labels
   */
  readonly matching?: Labels;
  /** The clause `group_left (…)` or `group_right (…)`. */
  readonly grouped?: Labels;
  readonly left: PromqlNode;
  readonly right: PromqlNode;
}

export interface AggregateNode extends Place {
  readonly kind: 'aggregate';
  readonly operation: string;
  /**
   * The clause `by (…)` or `without (…)`.
   * @default no clause; `topk` then keeps all labels
   */
  readonly grouping?: Labels;
  readonly args: readonly PromqlNode[];
}

/** A node that contains one expression. Examples of the kind `other` are `-x` and `x @ 60`. */
export interface WrapperNode extends Place {
  readonly kind: 'parentheses' | 'range' | 'offset' | 'subquery' | 'other';
  readonly of: PromqlNode;
}

export type PromqlNode =
  | (Place & { readonly kind: 'number' | 'string' })
  | (Place & { readonly kind: 'call'; readonly name: string; readonly args: readonly PromqlNode[] })
  | SelectorNode
  | BinaryNode
  | AggregateNode
  | WrapperNode;

/** @throws Error with the position of a syntax error */
export function promqlTree(text: string): PromqlNode {
  const { topNode } = parser.parse(text);
  topNode.cursor().iterate(({ type, from }) => {
    if (type.isError) throw new Error(`Syntax error after character ${from} of the PromQL text ${text}`);
  });
  const root = topNode.firstChild;
  if (!root) throw new Error('Expected PromQL; the text is empty.');
  return nodeOf(root, text);
}

export function partsOf(node: PromqlNode): readonly PromqlNode[] {
  if ('of' in node) return [node.of];
  if ('args' in node) return node.args;
  return node.kind === 'binary' ? [node.left, node.right] : [];
}

/** The node and all nodes inside it. An outer node comes before its inner nodes. */
export const nodesIn = (node: PromqlNode): readonly PromqlNode[] => [node, ...partsOf(node).flatMap(nodesIn)];

const wrappers: Readonly<Record<string, WrapperNode['kind']>> = {
  ParenExpr: 'parentheses',
  MatrixSelector: 'range',
  OffsetExpr: 'offset',
  SubqueryExpr: 'subquery',
  StepInvariantExpr: 'other',
  UnaryExpr: 'other',
};

function nodeOf(node: SyntaxNode, text: string): PromqlNode {
  const { from, to } = node;
  const place = { from, to };
  const read = (child: SyntaxNode | null) => (child ? text.slice(child.from, child.to) : '');
  const { name } = node.type;
  const wrapper = wrappers[name];
  if (wrapper) {
    const inner = name === 'UnaryExpr' ? node.lastChild : node.firstChild;
    return wrapped(wrapper, place, nodeOf(inner as SyntaxNode, text));
  }
  const args = () => children(node.getChild('FunctionCallBody')).map((child) => nodeOf(child, text));
  switch (name) {
    case 'NumberDurationLiteral':
      return { ...place, kind: 'number' };
    case 'StringLiteral':
      return { ...place, kind: 'string' };
    case 'VectorSelector':
      return {
        ...place,
        kind: 'selector',
        metric: read(node.getChild('Identifier')),
        matchers: matchersOf(node, read),
      };
    case 'FunctionCall':
      return { ...place, kind: 'call', name: read(node.getChild('FunctionIdentifier')), args: args() };
    case 'AggregateExpr': {
      const grouping = labelsOf(node.getChild('AggregateModifier')?.firstChild, read);
      const operation = read(node.getChild('AggregateOp'));
      return { ...place, kind: 'aggregate', operation, ...(grouping && { grouping }), args: args() };
    }
    case 'BinaryExpr':
      return { ...place, ...binaryOf(node, text, read) };
    default:
      throw new Error(
        `The PromQL syntax ${name} in ${text} is not supported; add it to metrics/promql-tree.ts.`,
      );
  }
}

/** Corrects the parser, which reads `a and b offset 5m` as `(a and b) offset 5m`. */
function wrapped(kind: WrapperNode['kind'], { from, to }: Place, of: PromqlNode): PromqlNode {
  if (kind === 'parentheses' || kind === 'other' || of.kind !== 'binary') return { kind, from, to, of };
  return { ...of, to, right: wrapped(kind, { from: of.right.from, to }, of.right) };
}

type Read = (child: SyntaxNode | null) => string;

function binaryOf(node: SyntaxNode, text: string, read: Read): Omit<BinaryNode, 'from' | 'to'> {
  const clause = node.getChild('MatchingModifierClause');
  const matching = labelsOf(clause?.firstChild, read);
  const grouped = clause && labelsOf(clause.getChild('GroupLeft') ?? clause.getChild('GroupRight'), read);
  return {
    kind: 'binary',
    operator: read(node.firstChild?.nextSibling ?? null).toLowerCase(),
    bool: node.getChild('BoolModifier') !== null,
    ...(matching && { matching }),
    ...(grouped && { grouped }),
    left: nodeOf(node.firstChild as SyntaxNode, text),
    right: nodeOf(node.lastChild as SyntaxNode, text),
  };
}

function matchersOf(node: SyntaxNode, read: Read): readonly LabelMatcher[] {
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return matchers.map((matcher) => ({
    from: matcher.from,
    to: matcher.to,
    label: read(matcher.getChild('LabelName')),
    operator: read(matcher.getChild('MatchOp')) as Matcher['operator'],
    value: unquoted(read(matcher.getChild('StringLiteral'))),
  }));
}

function unquoted(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  const inner = literal.slice(1, -1);
  return JSON.parse(
    literal.startsWith("'") ? `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"` : literal,
  );
}

/** @param keyword the word before the labels. The labels after `group_left` and `group_right` are optional. */
function labelsOf(keyword: SyntaxNode | null | undefined, read: Read): Labels | undefined {
  if (!keyword) return undefined;
  const grouping = keyword.nextSibling;
  return {
    keyword: read(keyword).toLowerCase() as Labels['keyword'],
    names:
      grouping?.name === 'GroupingLabels'
        ? children(grouping)
            .filter(({ name }) => /LabelName$/.test(name))
            .map(read)
        : [],
  };
}

function children(node: SyntaxNode | null): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) found.push(child);
  return found;
}
