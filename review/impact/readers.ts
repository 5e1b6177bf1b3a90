import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  dashboardUids,
  type PrometheusRule,
  prometheusRules,
  thanosDashboardUids,
} from '../../rules/index.ts';
import { expectedEverywhere, type NamedSource, sourceList } from '../../sources/index.ts';

/** The alerts and the dashboards that read the metrics of a source. */
export interface Readers {
  readonly alerts: readonly string[];
  readonly dashboards: readonly string[];
}

const folder = join(import.meta.dirname, '../../dashboards');

const rules: readonly PrometheusRule[] = prometheusRules({
  expected: expectedEverywhere,
  chartRules: false,
}).groups.flatMap((group) => group.rules);

const dashboards = [...dashboardUids, ...thanosDashboardUids].map((uid) => {
  // The generated files are read, because building a dashboard takes longer than the rest of the review.
  const { panels }: { panels: unknown } = JSON.parse(
    readFileSync(join(folder, `${uid}-dashboard.json`), 'utf8'),
  );
  return { uid, expressions: expressionsIn(panels) };
});

/** Series that Prometheus makes from its alerts. Every dashboard reads them, and they depend on every source. */
const ownSeries = 'ALERTS';

/**
 * Programs by the name of a metric. A metric of several programs, such as the CPU time, does not identify its program.
 */
const programs = new Map<string, Set<string>>();
for (const { program, metrics } of sourceList) {
  for (const { name } of Object.values(metrics)) {
    programs.set(name, (programs.get(name) ?? new Set()).add(program.name));
  }
}

const known = new Map<string, Readers>();

/** The readers of a source, also those that read a recording rule of its metrics. */
export function readersOf(source: NamedSource): Readers {
  const found = known.get(source.name) ?? find(source);
  known.set(source.name, found);
  return found;
}

function find(source: NamedSource): Readers {
  const series: Series[] = Object.values(source.metrics)
    .map(({ name }) => ({ name, labels: {} }))
    .filter(({ name }) => programs.get(name)?.size === 1 && name !== ownSeries);
  const reads = (expr: string) => namesJob(expr, source) || series.some((one) => selects(expr, one));
  // A recording rule can read another recording rule, therefore the search repeats until it finds no more series.
  for (let before = -1; before < series.length; ) {
    before = series.length;
    for (const rule of rules) {
      if (!('record' in rule)) continue;
      const { record: name, labels = {}, expr } = rule;
      const key = JSON.stringify({ name, labels });
      if (!series.some((one) => JSON.stringify(one) === key) && reads(expr)) series.push({ name, labels });
    }
  }
  return {
    alerts: [...new Set(rules.flatMap((rule) => ('alert' in rule && reads(rule.expr) ? [rule.alert] : [])))],
    dashboards: dashboards
      .filter(({ expressions }) => expressions.some((expr) => series.some((one) => selects(expr, one))))
      .map(({ uid }) => uid),
  };
}

/** The series of a metric. Several recording rules record the same metric with other labels. */
interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether an expression selects series of the metric, with labels that do not contradict the labels of the series. */
function selects(expr: string, { name, labels }: Series): boolean {
  return [...expr.matchAll(/([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?/g)].some(([, metric, matchers = '']) => {
    if (metric !== name) return false;
    const equal = [...matchers.matchAll(/(\w+)="([^"]*)"/g)];
    return equal.every(([, label = '', value]) => labels[label] === undefined || labels[label] === value);
  });
}

/** All texts of the key `expr` in a tree. */
function expressionsIn(tree: unknown): readonly string[] {
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([key, child]) =>
    key === 'expr' && typeof child === 'string' ? [child] : expressionsIn(child),
  );
}

/** Whether an expression selects the job of the source, and not every job. */
function namesJob(expr: string, { job, jobsOfAllClusters }: NamedSource): boolean {
  const selected = [...expr.matchAll(/job=~?"([^"]+)"/g)].map(([, text]) => text);
  return selected.some(
    (text) => text === job || (jobsOfAllClusters !== undefined && text === jobsOfAllClusters),
  );
}
