import {
  type BinaryNode,
  type LabelMatcher,
  type PromqlNode,
  partsOf,
  promqlTree,
  type SelectorNode,
} from '../../../metrics/promql-tree.ts';

export interface Branch {
  readonly name: string;
  /** A PromQL query. A test covers this branch if the query returns a series during the test. */
  readonly probe: string;
}

type Context = { readonly kind: 'range' | 'offset' | 'subquery'; readonly text: string };

export function branchesOf(expr: string): readonly Branch[] {
  const branches = branchesIn(promqlTree(expr), expr, []);
  const unique = [...new Map(branches.map((branch) => [branch.probe + branch.name, branch])).values()];
  return unique.map((branch, index) => {
    const before = unique.slice(0, index).filter(({ name }) => name === branch.name).length;
    return before === 0 ? branch : { ...branch, name: `${branch.name} #${before + 1}` };
  });
}

function branchesIn(node: PromqlNode, expr: string, contexts: readonly Context[]): readonly Branch[] {
  const own =
    node.kind === 'binary'
      ? branchesOfOperator(node, expr)
      : node.kind === 'selector'
        ? branchesOfMatchers(node, expr)
        : [];
  const context = contextOf(node, expr);
  const inner = partsOf(node).flatMap((part) =>
    branchesIn(part, expr, context ? [context, ...contexts] : contexts),
  );
  return [...own.map(({ name, probe }) => ({ name, probe: within(probe, contexts) })), ...inner];
}

function contextOf(node: PromqlNode, expr: string): Context | undefined {
  if (node.kind !== 'range' && node.kind !== 'offset' && node.kind !== 'subquery') return undefined;
  return { kind: node.kind, text: expr.slice(node.of.to, node.to) };
}

function within(probe: string, contexts: readonly Context[]): string {
  let text = probe;
  let isRange = false;
  for (const context of contexts) {
    if (context.kind === 'subquery') {
      text = `(${isRange ? `present_over_time(${text})` : text})${context.text}`;
    } else text += context.text;
    isRange ||= context.kind !== 'offset';
  }
  return isRange ? `present_over_time(${text})` : text;
}

function branchesOfOperator(node: BinaryNode, expr: string): readonly Branch[] {
  const text = ({ from, to }: PromqlNode) => expr.slice(from, to);
  const { operator, matching } = node;
  const left = `(${text(node.left)})`;
  const right = `(${text(node.right)})`;
  const on = matching ? ` ${matching.keyword} (${matching.names.join(', ')})` : '';
  const name = (outcome: string) =>
    `${operator}: ${outcome}: ${short(text(node.left))} ${operator}${on} ${short(text(node.right))}`;
  switch (operator) {
    case 'or':
      return [
        { name: name('the left operand returns a series'), probe: left },
        { name: name('only the right operand returns a series'), probe: `${right} unless${on} ${left}` },
      ];
    case 'and':
      return [
        { name: name('both operands return a series'), probe: `${left} and${on} ${right}` },
        { name: name('only the left operand returns a series'), probe: `${left} unless${on} ${right}` },
        { name: name('only the right operand returns a series'), probe: `${right} unless${on} ${left}` },
      ];
    case 'unless':
      return [
        { name: name('the right operand removes no series'), probe: `${left} unless${on} ${right}` },
        { name: name('the right operand removes a series'), probe: `${left} and${on} ${right}` },
      ];
    default:
      return [];
  }
}

const negated = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' } as const;

function branchesOfMatchers(node: SelectorNode, expr: string): readonly Branch[] {
  const text = ({ from, to }: LabelMatcher) => expr.slice(from, to);
  return node.matchers.flatMap((matcher) => {
    const opposite = `${matcher.label}${negated[matcher.operator]}${JSON.stringify(matcher.value)}`;
    const others = node.matchers.map((other) => (other === matcher ? opposite : text(other)));
    const shown = `${node.metric}{${text(matcher)}}`;
    return [
      { name: `matcher: accepts a series: ${shown}`, probe: expr.slice(node.from, node.to) },
      { name: `matcher: refuses a series: ${shown}`, probe: `${node.metric}{${others.join(',')}}` },
    ];
  });
}

const shown = 50;
const short = (text: string) => (text.length > shown ? `${text.slice(0, shown)}…` : text);
