import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  dashboardUids,
  type PrometheusRule,
  prometheusRules,
  thanosDashboardUids,
} from '../../rules/index.ts';
import { expectedEverywhere, type NamedSource, sourceList } from '../../sources/index.ts';

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
  // Reading the generated file is faster than building the dashboard in TypeScript.
  const { panels }: { panels: unknown } = JSON.parse(
    readFileSync(join(folder, `${uid}-dashboard.json`), 'utf8'),
  );
  return { uid, expressions: expressionsIn(panels) };
});

/** The search ignores the series `ALERTS`, because every dashboard reads `ALERTS`. */
const ownSeries = 'ALERTS';

/** Maps each metric to the programs that expose the metric. */
const programs = new Map<string, Set<string>>();
for (const { program, metrics } of sourceList) {
  for (const { name } of Object.values(metrics)) {
    programs.set(name, (programs.get(name) ?? new Set()).add(program.name));
  }
}

const known = new Map<string, Readers>();

/** The alerts and dashboards that read the series of a source, directly or through recording rules. */
export function readersOf(source: NamedSource): Readers {
  const found = known.get(source.name) ?? find(source);
  known.set(source.name, found);
  return found;
}

function find(source: NamedSource): Readers {
  const series: Series[] = Object.values(source.metrics)
    .map(({ name }) => ({ name, labels: {} }))
    // A metric name that several programs expose does not identify a program.
    .filter(({ name }) => programs.get(name)?.size === 1 && name !== ownSeries);
  const reads = (expr: string) => namesJob(expr, source) || series.some((one) => selects(expr, one));
  // A recording rule can read another recording rule. The loop runs until no new series is found.
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

/** A metric with its labels. Two recording rules can record the same metric name. */
interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

function selects(expr: string, { name, labels }: Series): boolean {
  return [...expr.matchAll(/([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?/g)].some(([, metric, matchers = '']) => {
    if (metric !== name) return false;
    const equal = [...matchers.matchAll(/(\w+)="([^"]*)"/g)];
    return equal.every(([, label = '', value]) => labels[label] === undefined || labels[label] === value);
  });
}

function expressionsIn(tree: unknown): readonly string[] {
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([key, child]) =>
    key === 'expr' && typeof child === 'string' ? [child] : expressionsIn(child),
  );
}

/** Whether an expression contains a matcher for the job of the source, such as `job="node"`. */
function namesJob(expr: string, { job, jobsOfAllClusters }: NamedSource): boolean {
  const selected = [...expr.matchAll(/job=~?"([^"]+)"/g)].map(([, text]) => text);
  return selected.some(
    (text) => text === job || (jobsOfAllClusters !== undefined && text === jobsOfAllClusters),
  );
}
