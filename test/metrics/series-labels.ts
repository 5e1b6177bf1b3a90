import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { MetricDefinition } from '../../metrics/definition.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { jetStreamMetrics } from '../../metrics/definitions/jetstream.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { pushGroupMetrics } from '../../metrics/definitions/pushgateway.ts';
import { agentMetrics, remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { agentJobs, natsJobs } from '../../rules/selectors.ts';
import { definitionOf } from '../../sources/index.ts';
import { targetLabels } from './promql-analysis.ts';

/* The labels of the series that an expression returns. */

export interface SeriesLabels {
  /** Labels that are present and not empty in every series. */
  readonly always: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
}

export type Recorded = (
  name: string,
  /** Labels in the selector: `{ slo: 'push' }` for `name{slo="push"}`. */
  requiredLabels: Readonly<Record<string, string>>,
) => SeriesLabels | undefined;

const clusterLabels = ['cluster', 'environment'];

/** Labels that a program omits or leaves empty in some cases. */
const optionalLabels = new Set(['domain', 'meta_leader', 'device_error']);

type Definitions = Readonly<Record<string, MetricDefinition>>;
const namesOf = (...sources: readonly Definitions[]) =>
  new Set(sources.flatMap((metrics) => Object.values(metrics).map(({ name }) => name)));
/** Pushed metrics have the label `job`, but no label `instance`. */
const pushed = namesOf(batchMetrics, pushGroupMetrics, usdtMetrics);
/** Metrics whose series always have the labels `cluster` and `environment`. */
const ofClusters = namesOf(natsMetrics, jetStreamMetrics, agentMetrics, remoteWriteMetrics);

const union = (...sets: Iterable<string>[]) => new Set(sets.flatMap((set) => [...set]));
const shared = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
  new Set([...left].filter((label) => right.has(label)));
const only = ({ always, possible }: SeriesLabels, labels: ReadonlySet<string>): SeriesLabels => ({
  always: shared(always, labels),
  possible: shared(possible, labels),
});
const none: SeriesLabels = { always: new Set(), possible: new Set() };

export const labelsOfMetric = (name: string): SeriesLabels => scraped(name);

/**
 * The labels of an expression's series, empty for a scalar.
 * @throws Error for unsupported PromQL
 */
export function seriesLabels(expr: string, recorded: Recorded): SeriesLabels {
  return labelsOfNode(parser.parse(expr).topNode.firstChild as SyntaxNode, expr, recorded) ?? none;
}

/** The label values in the selectors, as `label=value`. */
export function selectedLabels(expr: string): ReadonlySet<string> {
  const selected = new Set<string>();
  parser.parse(expr).iterate({
    enter: ({ type, node }) => {
      if (type.name !== 'VectorSelector') return;
      for (const { label, operator, value } of matchersOf(node, expr))
        if (operator === '=' && value !== '') selected.add(`${label}=${value}`);
    },
  });
  return selected;
}

/** Undefined for a scalar. */
function labelsOfNode(node: SyntaxNode, text: string, recorded: Recorded): SeriesLabels | undefined {
  const inner = (child: SyntaxNode | null) => (child ? labelsOfNode(child, text, recorded) : undefined);
  switch (node.type.name) {
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return undefined;
    case 'ParenExpr':
    case 'OffsetExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return inner(node.firstChild);
    case 'UnaryExpr':
      return inner(node.lastChild);
    case 'VectorSelector':
      return selected(node, text, recorded);
    case 'FunctionCall': {
      const name = node.firstChild ? text.slice(node.firstChild.from, node.firstChild.to) : '';
      if (name === 'time' || name === 'scalar') return undefined;
      if (name === 'vector') return none;
      if (name.startsWith('absent')) {
        const fixed = union(
          [...selectedLabels(text.slice(node.from, node.to))].map((pair) => pair.replace(/=.*$/s, '')),
        );
        return { always: fixed, possible: fixed };
      }
      return children(node.getChild('FunctionCallBody')).map(inner).find(Boolean);
    }
    case 'AggregateExpr': {
      const modifier = node.getChild('AggregateModifier');
      refuse(modifier, 'Without', text);
      const by = new Set(groupingLabels(modifier, text));
      const samples = children(node.getChild('FunctionCallBody')).map(inner).find(Boolean);
      return samples && only(samples, by);
    }
    case 'BinaryExpr':
      return combined(node, text, recorded);
    default:
      throw new Error(`Labels of ${node.type.name} are unknown, in ${text}; add it to series-labels.ts`);
  }
}

function refuse(modifier: SyntaxNode | null, kind: string, text: string): void {
  if (modifier?.getChild(kind)) {
    throw new Error(`Labels of ${kind} are unknown, in ${text}; add it to series-labels.ts`);
  }
}

function combined(node: SyntaxNode, text: string, recorded: Recorded): SeriesLabels | undefined {
  const left = labelsOfNode(node.firstChild as SyntaxNode, text, recorded);
  const right = labelsOfNode(node.lastChild as SyntaxNode, text, recorded);
  if (!left || !right) return left ?? right;
  if (node.getChild('Or')) {
    return { always: shared(left.always, right.always), possible: union(left.possible, right.possible) };
  }
  const modifier = node.getChild('MatchingModifierClause');
  for (const kind of ['Ignoring', 'GroupRight']) refuse(modifier, kind, text);
  if (node.getChild('And')) {
    // Without `on`, the operator `and` compares all labels.
    const equal = modifier ? groupingLabels(modifier, text) : [...left.possible];
    const proven = equal.filter((label) => right.always.has(label));
    return { ...left, always: union(left.always, proven) };
  }
  if (node.getChild('Unless')) return left;
  const manyToOne = modifier?.getChild('GroupLeft') !== null && modifier !== null;
  return modifier && !manyToOne ? only(left, new Set(groupingLabels(modifier, text))) : left;
}

function selected(node: SyntaxNode, text: string, recorded: Recorded): SeriesLabels {
  const name = text.slice(node.firstChild?.from, node.firstChild?.to);
  const matchers = matchersOf(node, text);
  const equal = matchers.filter(({ operator }) => operator === '=');
  const base =
    recorded(name, Object.fromEntries(equal.map(({ label, value }) => [label, value]))) ?? scraped(name);
  const always = new Set(base.always);
  const possible = new Set(base.possible);
  for (const { label, operator, value } of matchers) {
    if (operator === '=' && value === '') {
      always.delete(label);
      possible.delete(label);
    } else if (excludesEmpty(operator, value)) {
      always.add(label);
      possible.add(label);
    }
    if (label === 'job' && [natsJobs.value, agentJobs.value].includes(value)) {
      for (const clusterLabel of clusterLabels) always.add(clusterLabel);
    }
  }
  return { always, possible };
}

function scraped(name: string): SeriesLabels {
  const definition = definitionOf(name);
  const isBucket = definition?.type === 'histogram' && name.endsWith('_bucket');
  const labels = [...(definition?.labels ?? []), ...(isBucket ? ['le'] : [])];
  const certain = [
    'job',
    ...(pushed.has(name) ? [] : ['instance']),
    ...(ofClusters.has(name) ? clusterLabels : []),
  ];
  return {
    always: union(
      certain,
      labels.filter((label) => !optionalLabels.has(label)),
    ),
    possible: union(labels, targetLabels),
  };
}

interface LabelMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

function matchersOf(node: SyntaxNode, text: string): readonly LabelMatcher[] {
  const of = (child: SyntaxNode | null) => (child ? text.slice(child.from, child.to) : '');
  return (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => ({
    label: of(matcher.getChild('LabelName')),
    operator: of(matcher.getChild('MatchOp')),
    value: JSON.parse(of(matcher.getChild('StringLiteral'))) as string,
  }));
}

function excludesEmpty(operator: string, value: string): boolean {
  const matchesEmpty = new RegExp(`^(?:${value})$`).test('');
  switch (operator) {
    case '=':
      return value !== '';
    case '!=':
      return value === '';
    case '=~':
      return !matchesEmpty;
    default:
      return matchesEmpty;
  }
}

function children(node: SyntaxNode | null): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) found.push(child);
  return found;
}

function groupingLabels(node: SyntaxNode | null, text: string): readonly string[] {
  const labels = node?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
  return labels.map(({ from, to }) => text.slice(from, to));
}
