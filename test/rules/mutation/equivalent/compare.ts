import { seconds } from '../../../../metrics/duration.ts';
import { nodesIn, promqlTree } from '../../../../metrics/promql-tree.ts';
import type { PrometheusRule } from '../../../../rules/index.ts';
import type { InputSeries } from '../../case.ts';
import { alertCases, recordingCases } from '../../cases.ts';
import type { Mutant } from '../mutants.ts';
import { demandOfRule } from './demand.ts';
import type { RecordingFacts } from './proofs.ts';

const comparedTimes = 8;
const lead = 1.2;

/** Random numbers from 0 to 1 that depend only on the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function comparison(
  rule: PrometheusRule,
  mutants: readonly (readonly [number: number, mutant: Mutant])[],
  recordings: readonly RecordingFacts[],
  random: () => number,
): object {
  const { step, steps } = timesOf(rule.expr);
  const first = Math.ceil(steps / 2);
  const times = Array.from({ length: comparedTimes }, () => first + Math.floor(random() * (steps - first)));
  const differences = mutants.map(
    ([number, { mutated }]) =>
      `label_replace(group(${difference(rule, mutated.expr)}), "mutant", "${number}", "", "")`,
  );
  return {
    interval: `${step}s`,
    input_series: randomSeries(rule, recordings, steps, random),
    promql_expr_test: times.map((time) => ({
      expr: differences.join(' or '),
      eval_time: `${time * step}s`,
      exp_samples: [],
    })),
  };
}

function difference(rule: PrometheusRule, changed: string): string {
  const [left, right] = [`(${rule.expr})`, `(${changed})`];
  const series = `(${left} unless ${right}) or (${right} unless ${left})`;
  return demandOfRule(rule) === 'values' ? `${series} or (${left} != ${right})` : series;
}

/** The seconds between two samples (`step`), and the number of samples (`steps`). */
function timesOf(expr: string): { readonly step: number; readonly steps: number } {
  const ranges = [...expr.matchAll(/\[(\w+?)[:\]]|offset (\w+)/g)].map(([, range, offset]) =>
    seconds(range ?? offset ?? ''),
  );
  const step = Math.max(1, Math.floor(Math.min(60, ...ranges.map((range) => range / 2))));
  return { step, steps: Math.ceil((lead * 2 * Math.max(300, ...ranges)) / step) };
}

function randomSeries(
  rule: PrometheusRule,
  recordings: readonly RecordingFacts[],
  steps: number,
  random: () => number,
): readonly InputSeries[] {
  const selectors = nodesIn(promqlTree(rule.expr)).flatMap((node) =>
    node.kind === 'selector' ? [node] : [],
  );
  const metrics = [...new Set(selectors.map(({ metric }) => metric))];
  const selected = new Set(selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  const found = metrics.flatMap((metric) => {
    const labelSets = [...labelSetsOf(rule, metric), {}];
    const changed = labelSets.flatMap((labels) =>
      [...selected].flatMap((label) => ['', 'other'].map((value) => ({ ...labels, [label]: value }))),
    );
    const fixed = recordings.flatMap(({ record, labels = {} }) => (record === metric ? [labels] : []));
    return [...labelSets, ...changed].flatMap((labels) =>
      (fixed.length > 0 ? fixed : [{}]).map((own) => seriesName(metric, { ...labels, ...own })),
    );
  });
  return [...new Set(found)].map((series) => ({ series, values: values(series, rule.expr, steps, random) }));
}

function labelSetsOf(rule: PrometheusRule, metric: string): readonly Readonly<Record<string, string>>[] {
  const cases =
    'alert' in rule
      ? alertCases.filter(({ alert }) => alert === rule.alert)
      : recordingCases.filter(({ record }) => record === rule.record);
  const names = new Set(
    cases.flatMap(({ series }) =>
      series.map((one) => one.series).filter((one) => one.startsWith(`${metric}{`)),
    ),
  );
  return [...names].map((name) =>
    Object.fromEntries(
      [...name.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, label, value]) => [
        label,
        JSON.parse(value ?? '""'),
      ]),
    ),
  );
}

function seriesName(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(',')}}`;
}

function values(series: string, expr: string, steps: number, random: () => number): string {
  const isBoolean = /^[^{]*:bool\{/.test(series);
  const numbers = [1, ...[...expr.matchAll(/(?<=[\s(])\d+(?:\.\d+)?(?=[\s)]|$)/g)].map(Number)];
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const missing = random() < 0.5 ? 0.05 : 0;
  const zero = pick([0, 0.02, 0.5, 0.98]);
  const level = pick(numbers) * pick([0.5, 1, 1.1, 2]);
  const one = () => {
    if (random() < missing) return '_';
    if (random() < zero) return '0';
    return String(isBoolean ? 1 : pick([level, level, pick(numbers) * 1.5]));
  };
  return Array.from({ length: steps }, one).join(' ');
}
