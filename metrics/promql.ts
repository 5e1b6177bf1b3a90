import type { MetricDefinition } from './definition.ts';
import { type Duration, type Profile, seconds } from './duration.ts';

/* A typed PromQL builder. A wrong label in a selector, in `by` or in `on` does not compile. */

/** Labels from the scrape, from relabelling, from external labels or from the grouping key of a push. */
export type TargetLabel = 'job' | 'instance' | 'cluster' | 'environment' | 'namespace' | 'dag_id';

export type Adjust = <T extends object>(declared: T) => T;

const asDeclared: Adjust = (declared) => declared;

export interface Adjustable<T> {
  readonly adjusted: (adjust: Adjust) => T;
}

type Part = string | number | Expression | Duration | Adjustable<string | number | Expression | Duration>;

type Span = Duration | Adjustable<Duration> | string;

/** A PromQL expression. Its durations depend on the profile, and its thresholds on the environment. */
export interface Expression {
  readonly parts: readonly Part[];
  readonly compound?: true;
}

declare const labelled: unique symbol;
/** An instant vector. `L` are the labels of its series. */
export interface Vector<L extends string = string> extends Expression {
  readonly [labelled]?: L;
}

declare const ranged: unique symbol;
export interface RangeVector<L extends string = string> extends Expression {
  readonly [ranged]?: L;
}

declare const single: unique symbol;
export interface Scalar extends Expression {
  readonly [single]?: true;
}

type Named = Pick<MetricDefinition, 'name' | 'labels'>;

export type LabelOf<M extends Named> =
  | M['labels'][number]
  | (M['name'] extends `${string}:${string}` ? never : TargetLabel);

export interface Matcher {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}
export type Matchers<L extends string> = { readonly [label in L]?: string | Matcher };

export const not = (value: string): Matcher => ({ operator: '!=', value });
export const matching = (value: string): Matcher => ({ operator: '=~', value });
export const notMatching = (value: string): Matcher => ({ operator: '!~', value });

/** PromQL text of an expression. */
export function render(
  expression: Expression,
  profile: Profile = 'production',
  adjust: Adjust = asDeclared,
): string {
  const written = (part: Part): string => {
    if (typeof part !== 'object') return String(part);
    if ('adjusted' in part) return written(part.adjusted(adjust));
    return 'parts' in part ? part.parts.map(written).join('') : part[profile];
  };
  return written(expression);
}

const call = (name: string, ...args: readonly Part[]): Expression => ({
  parts: [`${name}(`, ...args.flatMap((arg, index) => (index === 0 ? [arg] : [', ', arg])), ')'],
});

const operand = (value: Expression | number): Part =>
  typeof value === 'object' && value.compound ? { parts: ['(', value, ')'] } : value;

/** For example `select(metric, { cluster: 'a', reason: not('b') })`. */
export function select<const M extends Named>(
  metric: M,
  matchers: Matchers<LabelOf<M>> = {},
): Vector<LabelOf<M>> {
  const pairs = Object.entries(matchers as Readonly<Record<string, string | Matcher>>);
  const selectors = pairs.map(([label, matcher]) => {
    const { operator, value } = typeof matcher === 'string' ? { operator: '=', value: matcher } : matcher;
    return `${label}${operator}${JSON.stringify(value)}`;
  });
  return { parts: [metric.name, selectors.length > 0 ? `{${selectors.join(',')}}` : ''] };
}

/** `range(vector, lookback('5m'))` is `vector[5m]`. */
export function range<L extends string>(vector: Vector<L>, span: Span): RangeVector<L> {
  return { parts: [vector, '[', span, ']'] };
}

/** The values of an expression at the steps of a range. The default step is the evaluation interval. */
export function subquery<L extends string>(vector: Vector<L>, span: Span, step: Span = ''): RangeVector<L> {
  return { parts: [operand(vector), '[', span, ':', step, ']'] };
}

export function offset<V extends Vector | RangeVector>(selector: V, span: Span): V;
export function offset(selector: Expression, span: Span): Expression {
  return { parts: [selector, ' offset ', span] };
}

type OverTime = <L extends string>(samples: RangeVector<L>) => Vector<L>;
const overTime =
  (name: string): OverTime =>
  (samples) =>
    call(name, samples);

export const rate = overTime('rate');
export const increase = overTime('increase');
export const delta = overTime('delta');
export const deriv = overTime('deriv');
export const changes = overTime('changes');
export const avgOverTime = overTime('avg_over_time');
export const minOverTime = overTime('min_over_time');
export const maxOverTime = overTime('max_over_time');
export const lastOverTime = overTime('last_over_time');
export const sumOverTime = overTime('sum_over_time');
export const stddevOverTime = overTime('stddev_over_time');
export const countOverTime = overTime('count_over_time');

/** Returns the value 1 if no selected series has a sample in the range, otherwise no series. */
export const absentOverTime = overTime('absent_over_time');

/** The value that a linear regression predicts for the time `ahead` from now. */
export function predictLinear<L extends string>(
  samples: RangeVector<L>,
  ahead: Duration | Adjustable<Duration>,
): Vector<L> {
  return call('predict_linear', samples, inSeconds(ahead));
}

export const time = (): Scalar => call('time');
/**
 * Returns the Unix time of each sample in seconds.
 * If `vector` is a computed expression, such as `up + 1`, returns the time of the evaluation.
 */
export const timestamp = <L extends string>(vector: Vector<L>): Vector<L> => call('timestamp', vector);
export const constant = (value: number): Vector<never> => call('vector', value);
export const perProfile = (value: (profile: Profile) => number): Scalar => ({
  parts: [{ production: String(value('production')), laptop: String(value('laptop')) }],
});
export const adjustable = (adjusted: (adjust: Adjust) => number | Scalar): Scalar => ({
  parts: [{ adjusted }],
});
export const inSeconds = (duration: Duration | Adjustable<Duration>): Scalar =>
  'adjusted' in duration
    ? adjustable((adjust) => inSeconds(duration.adjusted(adjust)))
    : perProfile((profile) => seconds(duration[profile]));
/**
 * @param quantile 0 to 1
 * @param buckets `_bucket` series of a histogram, with the label `le`
 */
export const histogramQuantile = <L extends string>(
  quantile: number | Scalar,
  buckets: Vector<L>,
): Vector<L> => call('histogram_quantile', quantile, buckets);

/** The series of a histogram. In Prometheus, only the `_bucket` series have the label `le`. */
export function histogram<const M extends Named, const S extends 'bucket' | 'sum' | 'count'>(
  metric: M,
  part: S,
): { readonly name: `${M['name']}_${S}`; readonly labels: readonly (M['labels'][number] | 'le')[] } {
  return { name: `${metric.name}_${part}`, labels: [...metric.labels, 'le'] };
}

type Aggregation = <L extends string, const B extends NoInfer<L> = never>(
  vector: Vector<L>,
  by?: readonly B[],
) => Vector<B>;
const aggregation =
  (name: string): Aggregation =>
  (vector, by = []) => {
    const grouped = by.length > 0 ? ` by (${by.join(', ')})` : '';
    return { parts: [`${name}(`, vector, `)${grouped}`] };
  };

export const sum = aggregation('sum');
export const avg = aggregation('avg');
export const min = aggregation('min');
export const max = aggregation('max');
export const count = aggregation('count');
export const group = aggregation('group');

interface Matching<L extends string> {
  /** @default all labels are compared */
  readonly on?: readonly L[];
  readonly manyToOne?: true;
}

function binary(
  left: Expression | number,
  operator: string,
  right: Expression | number,
  match: Matching<string>,
) {
  const on = match.on ? ` on (${match.on.join(', ')})` : '';
  const many = match.manyToOne ? ' group_left ()' : '';
  return { parts: [operand(left), ` ${operator}${on}${many} `, operand(right)], compound: true } as const;
}

type Arithmetic = {
  <L extends string>(
    left: Vector<L>,
    right: Vector | Scalar | number,
    match?: Matching<NoInfer<L>>,
  ): Vector<L>;
  <L extends string>(left: Scalar | number, right: Vector<L>): Vector<L>;
};
const arithmetic =
  (operator: string): Arithmetic =>
  (left: Expression | number, right: Expression | number, match: Matching<string> = {}) =>
    binary(left, operator, right, match);

export const add = arithmetic('+');
export const sub = arithmetic('-');
export const mul = arithmetic('*');
export const div = arithmetic('/');

type Comparison = <L extends string>(
  left: Vector<L>,
  right: Vector | Scalar | number,
  match?: Matching<NoInfer<L>> & { readonly bool?: true },
) => Vector<L>;
const comparison =
  (operator: string): Comparison =>
  (left, right, { bool, ...match } = {}) =>
    binary(left, bool ? `${operator} bool` : operator, right, match);

export const gt = comparison('>');
export const lt = comparison('<');
export const eq = comparison('==');

type SetOperation = <L extends string>(
  left: Vector<L>,
  right: Vector,
  match?: { readonly on?: readonly NoInfer<L>[] },
) => Vector<L>;
const setOperation =
  (operator: string): SetOperation =>
  (left, right, match = {}) =>
    binary(left, operator, right, match);

export const and = setOperation('and');
export const or = setOperation('or');
export const unless = setOperation('unless');
