import { describe, expect, it } from 'vitest';
import type { PrometheusRule } from '../../rules/index.ts';
import { comparison, randomFrom } from './mutation/equivalent/compare.ts';
import { proofOf } from './mutation/equivalent/proofs.ts';
import { type Mutant, mutantsOf, namedRules } from './mutation/mutants.ts';
import type { Change, MutationOperator } from './mutation/operators.ts';
import { promtool } from './play.ts';
import { recordings } from './promtool.ts';

const { objections, write } = promtool();
const mutants = namedRules.flatMap(([name, rule]) => mutantsOf(name, rule));
const isProven = (mutant: Mutant) => proofOf(mutant, recordings) !== undefined;

/** Returns the mutants whose results differ from the results of their rules. */
async function different(compared: readonly Mutant[], seed: number): Promise<readonly Mutant[]> {
  const random = randomFrom(seed);
  const rules = [...new Set(compared.map(({ original }) => original))];
  const files = rules.map((rule, index) => {
    const ofRule = [...compared.entries()].filter(([, { original }]) => original === rule);
    const test = { evaluation_interval: '1h', tests: [comparison(rule, ofRule, recordings, random)] };
    return write(`${seed}-${index}.test.yml`, test);
  });
  const report = await objections('test', 'rules', ...files);
  expect(report).not.toMatch(/\berr(or)?: /);
  const numbers = [...report.matchAll(/mutant="(\d+)"/g)].map(([, number]) => Number(number));
  return [...new Set(numbers)].map((number) => compared[number] as Mutant);
}

describe('random series', () => {
  it('show no difference between a rule and a mutant that is proven equivalent', async () => {
    const proven = mutants.filter(isProven);
    expect(proven.length).toBeGreaterThan(60);
    const found = await different(proven, 1);
    expect(found.map(({ rule, change }) => `${rule}: ${change}`)).toEqual([]);
  }, 120_000);

  it('distinguish more than 50 mutants from their rules', async () => {
    const kinds = new Set(mutants.filter(isProven).map(({ operator }) => operator));
    const rules = new Set(mutants.filter(isProven).map(({ rule }) => rule));
    const others = mutants.filter(
      (mutant) => !isProven(mutant) && kinds.has(mutant.operator) && rules.has(mutant.rule),
    );
    const found = await different(others, 1);
    expect(found.length).toBeGreaterThan(50);
  }, 120_000);
});

const recorded = [
  { record: 'bad:bool', expr: 'up == bool 0', labels: { slo: 'a' } },
  { record: 'bad:bool', expr: 'max(lag > bool 3)', labels: { slo: 'b' } },
  { record: 'lag:seconds', expr: 'max(lag) by (cluster)' },
];

/** @param shown true if an annotation of the rule prints `{{ $value }}`, the value of the expression */
function proof(
  expr: string,
  operator: MutationOperator,
  from: string,
  to: string,
  shown = false,
  at = expr.indexOf(from),
) {
  if (at < 0) throw new Error(`${expr} does not contain ${from}`);
  const edit: Change = { operator, from: at, to: at + from.length, text: to };
  const original: PrometheusRule = {
    alert: 'Example',
    expr,
    labels: {},
    annotations: { summary: shown ? '{{ $value }}' : '' },
  };
  return proofOf({ original, edit }, recorded);
}

describe('a mutant that removes one matcher', () => {
  const widened = (expr: string) => proof(expr, 'matcher', 'a="1"', 'a=~".*"', true);

  it.each([
    'x{a="1"} and y{a="1"}',
    'y{a="1"} and y{a="1"}',
    'x{a="1"} > 3 and rate(y{a="1"}[5m]) > 0',
    'sum(x{a="1"}) by (a) and on (a) max(y{a="1"}) by (a, b)',
    'x{a="1"} / y{a="1"}',
    'x{a="1"} > y{a="1",b="2"}',
    '(x{a="1"} or z{a="1"}) and y{a="1"}',
    'max_over_time(timestamp(x{a="1"})[1h:5m]) and (y{a="1"} or z{a="1"})',
    'x{a="1"} and (y{a="1"} unless z)',
    'x{a="1"} offset 5m and (y and z{a="1"})',
  ])('has the same result as its rule `%s`', (expr) => {
    expect(widened(expr)).toBeDefined();
  });

  it('can be proven equivalent if both sides of `unless` have the matcher', () => {
    const right = (expr: string) =>
      proof(expr, 'matcher', 'a="1"', 'a=~".*"', true, expr.lastIndexOf('a="1"'));
    expect(right('x{a="1"} unless y{a="1"}')).toBeDefined();
    expect(right('x unless y{a="1"}')).toBeUndefined();
    expect(right('x{a="1"} unless on (b) y{a="1"}')).toBeUndefined();
  });

  it.each([
    'x{a="1"}',
    'x{a="1"} and y',
    'x{a="1"} and y{a="2"}',
    'x{a="1"} and y{a=~"1"}',
    'x{a="1"} and on (b) y{a="1"}',
    'x{a="1"} and ignoring (a) y{a="1"}',
    'x{a="1"} unless y{a="1"}',
    'x{a="1"} or y{a="1"}',
    'sum(x{a="1"}) and y{a="1"}',
    'sum(x{a="1"}) by (b) and y{a="1"}',
    'absent(x{a="1"}) and y{a="1"}',
    'x{a="1"} / on (a) y{a="1"}',
    'x{a="1"} and (y{a="1"} or z)',
    'x{a="1"} and vector(1)',
  ])('is not proven equivalent to its rule `%s`', (expr) => {
    expect(widened(expr)).toBeUndefined();
  });
});

it('a mutant that replaces `a="1"` with `a!="1"` is not proven equivalent', () => {
  expect(proof('x{a="1"} and y{a="1"}', 'matcher', '=', '!=')).toBeUndefined();
  expect(proof('x{a="1"} and y{a="1"}', 'matcher', 'a="1"', 'a=~".+"')).toBeUndefined();
});

it('a mutant that removes the matcher `slo!="c"` can be proven equivalent', () => {
  const negated = (expr: string) => proof(expr, 'matcher', 'slo!="c"', 'slo=~".*"');
  expect(negated('x{slo!="c"} and bad:bool')).toBeDefined();
  expect(negated('x{slo!="c"} and on (slo) bad:bool')).toBeDefined();
  expect(negated('x{slo!="c"} and lag:seconds')).toBeUndefined();
  expect(proof('x{slo="a"} and bad:bool', 'matcher', 'slo="a"', 'slo=~".*"')).toBeUndefined();
});

describe('a mutant that removes a label from `on`', () => {
  const without = (expr: string) => proof(expr, 'join labels', '(a)', '()', true);

  it.each([
    ['and', 'x{a="1"} and on (a) y{a="1"}'],
    ['unless', 'x{a="1"} unless on (a) (y{a="1"} or sum(z{a="1"}) by (a))'],
  ])('is proven equivalent if the label has the same value on both sides of `%s`', (_, expr) => {
    expect(without(expr)).toBeDefined();
  });

  it.each([
    ['the right side has no matcher for the label', 'x{a="1"} and on (a) y'],
    ['the label can have two values', 'x{a=~"1|2"} and on (a) y{a=~"1|2"}'],
    ['an operand of `or` has no matcher', 'x{a="1"} unless on (a) (y{a="1"} or z)'],
    ['the operator is `*`', 'x{a="1"} * on (a) y{a="1"}'],
  ])('is not proven equivalent if %s', (_, expr) => {
    expect(without(expr)).toBeUndefined();
  });
});

describe('a mutant that changes sample values', () => {
  it.each([
    ['x and group(y) by (a)', 'aggregation', 'group', 'sum'],
    ['x unless max(y) by (a)', 'aggregation', 'max', 'min'],
    ['x unless rate(y[5m])', 'function', 'rate', 'increase'],
    ['x and max_over_time(y[5m])', 'function', 'max_over_time', 'min_over_time'],
    ['x and (y + z)', 'arithmetic', '+', '-'],
    ['x and y * 3', 'threshold', '3', '2.4'],
    ['x or vector(1)', 'threshold', '1', '0.8'],
    ['group(sum(x) by (a)) > 0', 'aggregation', 'sum', 'max'],
  ] as const)('fires the same alerts as its rule `%s`', (expr, operator, from, to) => {
    expect(proof(expr, operator, from, to)).toBeDefined();
  });

  it.each([
    ['x and max(y) by (a) > 1', 'aggregation', 'max', 'min'],
    ['max(y) by (a) and x', 'aggregation', 'max', 'min'],
    ['x and rate(y[5m])', 'function', 'rate', 'changes'],
    ['x and y > 3', 'threshold', '3', '2.4'],
    ['x and timestamp(y) > 3', 'threshold', '3', '2.4'],
    ['x or vector(1)', 'threshold', '1', '0.8'],
    ['x and quantile(0.9, y)', 'aggregation', 'quantile', 'max'],
  ] as const)('is not proven equivalent to its rule `%s`', (expr, operator, from, to) => {
    expect(proof(expr, operator, from, to, true)).toBeUndefined();
  });
});

describe('a mutant that changes the left side of a comparison', () => {
  it.each([
    ['rate(x[5m]) > 0', 'function', 'rate', 'increase'],
    ['sum(increase(x[5m])) by (a) > 0', 'function', 'increase', 'rate'],
    ['sum(increase(x[5m])) by (a) > 0', 'aggregation', 'sum', 'max'],
    ['increase(x[5m]) + increase(y[5m]) > 0', 'function', 'increase', 'rate'],
  ] as const)('fires the same alerts as its rule `%s`', (expr, operator, from, to) => {
    expect(proof(expr, operator, from, to)).toBeDefined();
    expect(proof(expr, operator, from, to, true)).toBeUndefined();
  });

  it('can be proven equivalent if the comparison uses `bool`', () => {
    expect(proof('sum(rate(x[5m])) > bool 0', 'aggregation', 'sum', 'max', true)).toBeDefined();
  });

  it.each([
    ['rate(x[5m]) > 0.1', 'function', 'rate', 'increase'],
    ['rate(x[5m]) == 0', 'function', 'rate', 'increase'],
    ['sum(x) > 0', 'aggregation', 'sum', 'max'],
    ['sum(delta(x[5m])) > 0', 'aggregation', 'sum', 'max'],
    ['increase(x[5m]) - increase(y[5m]) > 0', 'function', 'increase', 'rate'],
    ['min(rate(x[5m])) > 0', 'aggregation', 'min', 'max'],
  ] as const)('is not proven equivalent to its rule `%s`', (expr, operator, from, to) => {
    expect(proof(expr, operator, from, to)).toBeUndefined();
  });
});

describe('a mutant of a comparison', () => {
  it.each([
    ['sum_over_time(bad:bool[1h]) / 1.2 > 14.4', 'comparison', '>', '>='],
    ['sum_over_time(bad:bool[5m]) / 0.1 > 14.4', 'threshold', '14.4', '11.52'],
    ['count(x) > 1.5', 'threshold', '1.5', '1.2'],
    ['x and sum_over_time(bad:bool[5m]) / 0.1 > 14.4', 'threshold', '0.1', '0.125'],
  ] as const)(
    'is equivalent if its result for every whole number is unchanged: %s',
    (expr, operator, from, to) => {
      expect(proof(expr, operator, from, to, true)).toBeDefined();
    },
  );

  it.each([
    ['sum_over_time(bad:bool[1h]) / 1.2 > 14.4', 'threshold', '14.4', '11.52'],
    ['sum_over_time(bad:bool[1h]) / 1.2 > 10', 'comparison', '>', '>='],
    ['sum_over_time(bad:bool[5m]) / 0.1 > 14.4', 'threshold', '0.1', '0.125'],
    ['sum_over_time(lag:seconds[5m]) / 0.1 > 14.4', 'threshold', '14.4', '11.52'],
    ['sum_over_time(x[5m]) / 0.1 > 14.4', 'threshold', '14.4', '11.52'],
    ['count(x) < 1.5', 'threshold', '1.5', '1.2'],
  ] as const)('is not proven equivalent to its rule `%s`', (expr, operator, from, to) => {
    expect(proof(expr, operator, from, to, true)).toBeUndefined();
  });
});
