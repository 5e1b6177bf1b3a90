import type { MetricDefinition } from './definition.ts';
import type { Duration, Profile } from './duration.ts';

/**
 * PromQL from definitions. A metric that is renamed changes every expression, and a label that a metric does not have
 * does not compile, neither in a selector nor in `by` or `on`.
 */

/** Labels that scraping and relabelling add to every series. */
export type TargetLabel = 'job' | 'instance' | 'cluster' | 'environment' | 'namespace';

type Part = string | number | Duration | Expression;

/** A piece of PromQL; durations in it stay open until it is known where it runs. */
export interface Expression {
  readonly parts: readonly Part[];
  /** Whether it needs parentheses as an operand. */
  readonly compound?: true;
}

declare const labels: unique symbol;
/** An instant vector whose series carry the labels `L`. */
export interface Vector<L extends string = string> extends Expression {
  readonly [labels]?: L;
}

declare const range: unique symbol;
export interface RangeVector<L extends string = string> extends Expression {
  readonly [range]?: L;
}

type Named = Pick<MetricDefinition, 'name' | 'labels'>;
/** Labels of a metric's series: its own and those of the target. */
export type LabelOf<M extends Named> = M['labels'][number] | TargetLabel;

export interface Matcher {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export const not = (value: string): Matcher => ({ operator: '!=', value });
export const matching = (value: string): Matcher => ({ operator: '=~', value });
export const notMatching = (value: string): Matcher => ({ operator: '!~', value });

export type Matchers<L extends string> = { readonly [label in L]?: string | Matcher };

/** PromQL text of an expression where it runs. */
export function render(expression: Expression, profile: Profile = 'production'): string {
  return expression.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (typeof part === 'number') return String(part);
      return 'parts' in part ? render(part, profile) : part[profile];
    })
    .join('');
}

const call = (name: string, ...args: readonly Part[]): Expression => ({
  parts: [`${name}(`, ...args.flatMap((arg, index) => (index === 0 ? [arg] : [', ', arg])), ')'],
});

const operand = (value: Expression | number): Part =>
  typeof value !== 'number' && value.compound ? { parts: ['(', value, ')'] } : value;

/** Series of a metric: `select(metric, { cluster: 'a', reason: matching('x|y') })`. */
export function select<const M extends Named>(
  metric: M,
  matchers: Matchers<LabelOf<M>> = {},
): Vector<LabelOf<M>> {
  const selectors = Object.entries<string | Matcher | undefined>(matchers)
    .filter((entry): entry is [string, string | Matcher] => entry[1] !== undefined)
    .map(([label, matcher]) => {
      const { operator, value } = typeof matcher === 'string' ? { operator: '=', value: matcher } : matcher;
      return `${label}${operator}${JSON.stringify(value)}`;
    });
  return { parts: [metric.name, selectors.length > 0 ? `{${selectors.join(', ')}}` : ''] };
}

/** The series' samples of a time span. A string stands for itself: Grafana's `$__rate_interval`. */
export function over<L extends string>(vector: Vector<L>, span: Duration | string): RangeVector<L> {
  return { parts: [vector, '[', span, ']'] };
}

/** A subquery: the expression's value at each step of a time span. */
export function subquery<L extends string>(vector: Vector<L>, span: Duration | string): RangeVector<L> {
  return { parts: [operand(vector), '[', span, ':]'] };
}

export const rate = <L extends string>(samples: RangeVector<L>): Vector<L> => call('rate', samples);
