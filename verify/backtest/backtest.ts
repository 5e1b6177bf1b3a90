import { canonical } from '../../metrics/promql-canonical.ts';
import { type Episode, Firing } from './firing.ts';
import { BacktestError, type History, type Span } from './history.ts';
import { inlineRecordings, sameRecording, seriesRead } from './inline.ts';
import { loadedRules, type RuleSet, type TestedAlert } from './rules.ts';

/** Undefined if the rules do not contain the alert. */
export type Outcome = { readonly episodes: readonly Episode[] } | { readonly error: string } | undefined;

/** One alert, evaluated with the loaded rules of Prometheus and with the rules of this checkout. */
export interface Comparison {
  readonly alert: string;
  readonly loaded: Outcome;
  readonly checkout: Outcome;
}

export interface Backtest {
  readonly span: Span;
  readonly comparisons: readonly Comparison[];
  readonly inlined: readonly string[];
  readonly notCompared: number;
}

/** Number of time steps in one query. Prometheus allows at most 11,000 steps. */
const stepsOfQuery = 2880;
const rulesAtOnce = 2;

export async function backtest(
  history: History,
  checkout: RuleSet,
  onProgress: (finished: number, all: number) => void = () => {},
): Promise<Backtest> {
  const loaded = loadedRules(history.groups);
  const known = new Set(checkout.alerts.flatMap(({ alert, group }) => [`alert ${alert}`, `group ${group}`]));
  const compared = loaded.alerts.filter(
    ({ alert, group }) => known.has(`alert ${alert}`) || known.has(`group ${group}`),
  );
  const ofLoaded = recordedSeriesRead({ ...loaded, alerts: compared });
  const ofCheckout = recordedSeriesRead(checkout);
  const changed = ofCheckout.filter(
    (record) => !sameRecording(record, loaded.recordings, checkout.recordings),
  );
  const lacking = await lackingIn(history, [
    ...ofLoaded,
    ...ofCheckout.filter((record) => !changed.includes(record)),
  ]);
  const before = inlinedAlerts(loaded, compared, new Set(ofLoaded.filter((record) => lacking.has(record))));
  const names = new Set([...changed, ...ofCheckout.filter((record) => lacking.has(record))]);
  const after = inlinedAlerts(checkout, checkout.alerts, names);
  const alerts = [...new Set([...checkout.alerts, ...compared].map(({ alert }) => alert))];
  const evaluate = evaluator(history);
  const comparisons: Comparison[] = [];
  const queue = alerts.entries();
  let finished = 0;
  const work = async () => {
    for (const [index, alert] of queue) {
      const of = (rules: readonly TestedAlert[]) => evaluate(rules.filter((rule) => rule.alert === alert));
      comparisons[index] = { alert, loaded: await of(before), checkout: await of(after) };
      finished += 1;
      onProgress(finished, alerts.length);
    }
  };
  await Promise.all(Array.from({ length: rulesAtOnce }, work));
  return {
    span: history.span,
    comparisons,
    inlined: [...new Set([...names, ...lacking])].sort(),
    notCompared: loaded.alerts.length - compared.length,
  };
}

/** Returns a function that evaluates alerts over the history. Equal alerts are evaluated once. */
function evaluator(history: History): (rules: readonly TestedAlert[]) => Promise<Outcome> {
  const known = new Map<string, Promise<readonly Episode[]>>();
  const episodesOf = (rule: TestedAlert) => {
    const { for: pending, keepFiringFor, interval } = rule;
    const key = JSON.stringify([canonical(rule.expr), pending, keepFiringFor, interval]);
    const found = known.get(key) ?? firingTimes(history, rule);
    known.set(key, found);
    return found;
  };
  return async (rules) => {
    if (rules.length === 0) return undefined;
    try {
      let episodes: readonly Episode[] = [];
      // The loop evaluates one rule at a time, because other users also need this Prometheus server.
      for (const rule of rules) episodes = episodes.concat(await episodesOf(rule));
      return { episodes: episodes.toSorted((a, b) => a.from - b.from) };
    } catch (error) {
      if (error instanceof BacktestError) return { error: error.message };
      throw error;
    }
  };
}

async function firingTimes(history: History, rule: TestedAlert): Promise<readonly Episode[]> {
  const { span } = history;
  const { interval } = rule;
  const firing = new Firing(rule);
  const first = Math.ceil(span.from / interval) * interval;
  for (let from = first; from <= span.to; from += stepsOfQuery * interval) {
    const to = Math.min(span.to, from + (stepsOfQuery - 1) * interval);
    firing.add(await history.present(rule.expr, { from, to }, interval));
  }
  return firing.episodes(span.to);
}

function inlinedAlerts(
  { recordings }: RuleSet,
  alerts: readonly TestedAlert[],
  names: ReadonlySet<string>,
): readonly TestedAlert[] {
  return alerts.map((rule) => ({ ...rule, expr: inlineRecordings(rule.expr, { recordings, names }) }));
}

/** Names of the recorded series that have no samples at the start of the history. */
async function lackingIn(history: History, records: readonly string[]): Promise<ReadonlySet<string>> {
  const { from, to } = history.span;
  const part = Math.max(60, Math.ceil((to - from) / 20));
  const start = { from: Math.min(to, from + part), to: Math.min(to, from + part) };
  const missing = new Set<string>();
  for (const record of new Set(records)) {
    const stored = await history.present(`group(last_over_time(${record}[${part}s]))`, start, part);
    if (stored.length === 0) missing.add(record);
  }
  return missing;
}

/** The recorded series that the alerts read, directly or through other recorded series. */
function recordedSeriesRead({ alerts, recordings }: RuleSet): readonly string[] {
  const found = new Set<string>();
  const visit = (expr: string) => {
    for (const name of seriesRead(expr)) {
      const rules = recordings.filter(({ record }) => record === name);
      if (rules.length === 0 || found.has(name)) continue;
      found.add(name);
      for (const rule of rules) visit(rule.expr);
    }
  };
  for (const { expr } of alerts) visit(expr);
  return [...found];
}
