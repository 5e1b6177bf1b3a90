import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { type PrometheusApi, prometheusApi } from '../../verify/prometheus-api.ts';
import { median } from '../figures.ts';
import { linesOf, ownMetrics } from './own-metrics.ts';
import type { Run } from './plan.ts';
import { copiesOf } from './plan.ts';
import { ProcessorTime, residentBytes } from './processes.ts';
import { overAllClusters } from './recording-rules.ts';
import { clusterOf, everyMetric, firstOfEachMetric } from './series.ts';
import { type Context, Session } from './session.ts';
import { countableWindow, percentile, scrapesPerSecond } from './statistics.ts';

/** Measured values at the normal scrape rate. */
export interface Steady {
  readonly samplesPerSecond: number;
  /** Microseconds of processor time for each sample. */
  readonly cpuPerSample: { readonly storing: number; readonly others: number; readonly agents: number };
  /** Bytes of memory for each stored copy of a series. The memory of an empty process does not count. */
  readonly bytesPerSeries: number;
  /** Median of the resident memory of an agent in bytes. */
  readonly agentBytes: number;
  /** Age of the newest sample that a query returns for an agent, in seconds. */
  readonly freshness: { readonly p50: number; readonly p99: number };
  readonly missing: { readonly answers: number; readonly of: number };
  /** Numbers of samples: all scraped samples (`of`), missing samples (`lost`), and duplicate samples (`extra`). */
  readonly loss: { readonly lost: number; readonly extra: number; readonly of: number };
  /** Value in the last quarter of the measurement, divided by the value in the first quarter. */
  readonly growth: { readonly cpu: number; readonly memory: number; readonly freshness: number };
  /** Median evaluation times in seconds: of the slowest rule group, and of all groups together. */
  readonly rules: { readonly slowestGroup: number; readonly allGroups: number };
  /** Duration of a query in seconds. */
  readonly rawQuery: number;
}

interface Tick {
  /** Milliseconds since the start of the measurement. */
  readonly at: number;
  readonly cpu: { readonly storing: number; readonly others: number; readonly agents: number };
  /** Resident memory of each process that stores samples, in bytes. */
  readonly memory: ReadonlyMap<string, number>;
  /** For each agent: the age of its newest visible sample in seconds. Undefined if the query failed. */
  readonly ages: readonly number[] | undefined;
  /** Seconds of the last evaluation of each rule group. Undefined if `/metrics` does not answer. */
  readonly rules: readonly number[] | undefined;
}

/** Measures an engine at the normal scrape rate. With Thanos, a receiver is killed and restarted. */
export function steady(run: Run, context: Context): Promise<Steady> {
  return Session.run({ ...run, rules: true }, context, async (session) => {
    const empty = total(residentBytes(session.stores, session.engine.storing));
    await session.startAgents();
    const api = prometheusApi(session.queryUrl);
    await visible(api, run, 0, context.signal);
    await delay(run.phases.warmUp * 1000, undefined, { signal: context.signal });

    const [ticks] = await Promise.all([
      readings(session, api, run, context.signal),
      run.engine === 'thanos' ? killOne(session, run, context.signal) : undefined,
    ]);
    const before = ticks.filter(({ at }) => at <= run.phases.killAfter * 1000);
    const seconds = ((before.at(-1)?.at ?? Number.NaN) - (before[0]?.at ?? Number.NaN)) / 1000;
    const samplesPerSecond = scrapesPerSecond(session.exporter.scrapes) * run.series;
    const stored = samplesPerSecond * seconds;
    const perSample = (role: keyof Tick['cpu']) => (cpuOver(before, role) / stored) * 1e6;
    const series = run.agents * run.series;
    const memory = total(before.at(-1)?.memory ?? new Map());
    const ages = ticks.flatMap((tick) => tick.ages ?? []);
    const complete = ticks.filter((tick) => tick.ages?.length === run.agents).length;
    const groups = ticks.flatMap(({ rules }) => (rules && rules.length > 0 ? [rules] : []));
    return {
      samplesPerSecond,
      cpuPerSample: {
        storing: perSample('storing'),
        others: perSample('others'),
        agents: perSample('agents'),
      },
      bytesPerSeries: (memory - empty) / series / copiesOf[run.engine],
      agentBytes: median([...residentBytes(session.agents, session.agentNames).values()]),
      freshness: { p50: percentile(ages, 0.5), p99: percentile(ages, 0.99) },
      missing: { answers: ticks.length - complete, of: ticks.length },
      growth: growthOf(ticks, session.engine.victim),
      rules: {
        slowestGroup: median(groups.map((times) => Math.max(...times))),
        allGroups: median(groups.map((times) => times.reduce((sum, time) => sum + time, 0))),
      },
      rawQuery: await rawQuery(api, run),
      loss: await loss(session, api, run, context.signal),
    };
  });
}

/** Unix time of the newest complete scrape of each agent. The samples of a scrape can arrive in parts. */
const newest = `min by (cluster) (timestamp({${everyMetric},${firstOfEachMetric}}))`;

/**
 * Waits until a query finds new samples of every agent.
 * @param after Unix time in milliseconds
 */
async function visible(
  api: PrometheusApi,
  { agents }: Run,
  after: number,
  signal: AbortSignal,
): Promise<void> {
  const check = async () => {
    const series = await api.query(newest);
    const times = series.map(({ value }) => Number(value?.[1]) * 1000);
    const seen = times.filter((time) => time > after).length;
    if (seen < agents)
      throw new Error(
        `After a wait of 120 s, a query finds new samples of only ${seen} of the ${agents} agents. The machine can be too busy. Stop other programs, or choose fewer agents with --agents.`,
      );
  };
  await pRetry(check, { ...everyHalfSecond, maxRetryTime: 120_000, signal });
}

const everyHalfSecond = { retries: Number.POSITIVE_INFINITY, factor: 1, minTimeout: 500 } as const;

async function readings(
  session: Session,
  api: PrometheusApi,
  run: Run,
  signal: AbortSignal,
): Promise<readonly Tick[]> {
  const cpu = {
    storing: new ProcessorTime(session.stores, session.engine.storing),
    others: new ProcessorTime(session.stores, session.others),
    agents: new ProcessorTime(session.agents, session.agentNames),
  };
  const started = Date.now();
  const ticks: Tick[] = [];
  for (let at = 0; at <= run.phases.steady * 1000; at = Date.now() - started) {
    const reading = {
      at,
      cpu: { storing: cpu.storing.read(), others: cpu.others.read(), agents: cpu.agents.read() },
      memory: residentBytes(session.stores, session.engine.storing),
    };
    const [ages, rules] = await Promise.all([agesOf(api), ruleTimes(session, signal)]);
    ticks.push({ ...reading, ages, rules });
    await delay(Math.max(0, started + at + 1000 - Date.now()), undefined, { signal });
  }
  return ticks;
}

async function agesOf(api: PrometheusApi): Promise<readonly number[] | undefined> {
  try {
    const series = await api.query(newest);
    const now = Date.now() / 1000;
    return series.map(({ value }) => now - Number(value?.[1]));
  } catch {
    return undefined;
  }
}

async function ruleTimes(session: Session, signal: AbortSignal): Promise<readonly number[] | undefined> {
  try {
    const text = await ownMetrics(session.ruleUrl, signal);
    return linesOf(text, 'prometheus_rule_group_last_duration_seconds').map(({ value }) => value);
  } catch {
    return undefined;
  }
}

async function killOne(session: Session, { phases }: Run, signal: AbortSignal): Promise<void> {
  await delay(phases.killAfter * 1000, undefined, { signal });
  const victim = session.stores.process(session.engine.victim ?? '');
  victim.signal('SIGKILL');
  // The supervisor would restart a killed process. `stop` prevents the restart.
  await victim.stop(0);
  await delay(phases.away * 1000, undefined, { signal });
  victim.start();
}

function cpuOver(ticks: readonly Tick[], role: keyof Tick['cpu']): number {
  return (ticks.at(-1)?.cpu[role] ?? Number.NaN) - (ticks[0]?.cpu[role] ?? Number.NaN);
}

function growthOf(ticks: readonly Tick[], victim: string | undefined): Steady['growth'] {
  const quarter = Math.ceil(ticks.length / 4);
  const first = ticks.slice(0, quarter);
  const last = ticks.slice(-quarter);
  const ratio = (of: (part: readonly Tick[]) => number) => of(last) / of(first);
  // A restarted receiver uses little memory. Therefore the sum leaves out the receiver that the bench kills.
  const kept = ({ memory }: Tick) => total(memory) - (memory.get(victim ?? '') ?? 0);
  return {
    cpu: ratio((part) => cpuOver(part, 'storing')),
    memory: ratio((part) => median(part.map(kept))),
    freshness: ratio((part) =>
      percentile(
        part.flatMap((tick) => tick.ages ?? []),
        0.99,
      ),
    ),
  };
}

async function loss(
  session: Session,
  api: PrometheusApi,
  run: Run,
  signal: AbortSignal,
): Promise<Steady['loss']> {
  const windows = session.exporter.scrapes.map((times) => countableWindow(times));
  await visible(
    api,
    run,
    Math.max(...windows.map((window) => (window?.end ?? 0) - run.interval * 1000)),
    signal,
  );
  let [lost, extra, of] = [0, 0, 0];
  for (const [agent, window] of windows.entries()) {
    if (!window) throw new Error(`Agent ${agent} made fewer than three scrapes. The machine is too busy.`);
    const expected = window.scrapes * run.series;
    const found = await countOf(api, agent, window, expected, signal);
    lost += Math.max(0, expected - found);
    extra += Math.max(0, found - expected);
    of += expected;
  }
  return { lost, extra, of };
}

/** Returns the number of samples that a query finds. Waits for the `expected` number for at most 30 s. */
async function countOf(
  api: PrometheusApi,
  agent: number,
  { start, end }: { readonly start: number; readonly end: number },
  expected: number,
  signal: AbortSignal,
): Promise<number> {
  const selector = `{${everyMetric},cluster="${clusterOf(agent)}"}[${end - start}ms] @ ${end / 1000}`;
  let found = 0;
  const count = async () => {
    const [sum] = await api.query(`sum(count_over_time(${selector}))`, { deadlineMs: 60_000 });
    found = Number(sum?.value?.[1] ?? 0);
    if (found < expected) {
      throw new Error(
        `Agent ${agent} scraped ${expected} samples, but the query finds only ${found} of these samples. Wait: the bench repeats the query every half second. If samples are still missing after 30 s, the bench counts these samples as lost.`,
      );
    }
  };
  await pRetry(count, { ...everyHalfSecond, maxRetryTime: 30_000, signal }).catch((error) => {
    if (signal.aborted) throw error;
  });
  return found;
}

async function rawQuery(api: PrometheusApi, { interval }: Run): Promise<number> {
  const started = performance.now();
  await api.query(overAllClusters(interval), { deadlineMs: 120_000 });
  return (performance.now() - started) / 1000;
}

const total = (bytes: ReadonlyMap<string, number>) => [...bytes.values()].reduce((sum, one) => sum + one, 0);
