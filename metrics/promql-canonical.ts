import { seconds } from './duration.ts';
import { type LabelMatcher, type PromqlNode, partsOf, promqlTree } from './promql-tree.ts';

/**
 * Normalizes PromQL for a comparison. Prometheus rewrites loaded rules.
 * @throws Error for wrong PromQL
 */
export const canonical = (expr: string): string => textOf(promqlTree(expr), expr);

function textOf(node: PromqlNode, expr: string): string {
  const inner = (part: PromqlNode) => textOf(part, expr);
  const after = (part: PromqlNode) => durations(expr.slice(part.to, node.to));
  switch (node.kind) {
    case 'number':
      return numberText(expr.slice(node.from, node.to));
    case 'string':
      return expr.slice(node.from, node.to);
    case 'selector':
      return `${node.metric}{${node.matchers.map(matcherText).sort().join()}}`;
    case 'call':
      return `${node.name}(${node.args.map(inner).join()})`;
    case 'aggregate':
      return `${node.operation}${labels(node.grouping)}(${node.args.map(inner).join()})`;
    case 'parentheses':
      return `(${inner(node.of)})`;
    case 'range':
    case 'offset':
    case 'subquery':
      return `${inner(node.of)}${after(node.of)}`;
    case 'binary':
      return `${inner(node.left)} ${node.operator}${node.bool ? ' bool' : ''}${labels(node.matching)}${labels(node.grouped)} ${inner(node.right)}`;
    default:
      return partsOf(node).reduce(
        (text, part) =>
          `${expr.slice(node.from, part.from)}${inner(part)}${expr.slice(part.to, node.to)}${text}`,
        '',
      );
  }
}

const matcherText = ({ label, operator, value }: LabelMatcher) =>
  `${label}${operator}${JSON.stringify(value)}`;

const labels = (of: { readonly keyword: string; readonly names: readonly string[] } | undefined) =>
  of && (of.names.length > 0 || of.keyword !== 'by') ? ` ${of.keyword} (${[...of.names].sort().join()})` : '';

/** Prometheus writes 1000000 as 1e+06. */
const numberText = (text: string) =>
  Number.isFinite(Number(text)) ? String(Number(text)) : text.toLowerCase();

const durations = (text: string) =>
  text.replaceAll(/\s+/g, '').replaceAll(/(?:\d+[ywdhms])+/g, (duration) => `${seconds(duration)}s`);
