import type { LaptopEngine } from '../../config/topology.ts';
import { metricCount } from './series.ts';

/** What `npm run bench -- federation` measures. */
export interface FederationOptions {
  readonly engines: readonly LaptopEngine[];
  /** Numbers of agents, one run for each. */
  readonly agents: readonly number[];
  /** Series of each agent. */
  readonly series: number;
  /** Seconds between two scrapes. */
  readonly interval: number;
}

/** One engine with one number of agents. */
export interface Run {
  readonly engine: LaptopEngine;
  readonly agents: number;
  readonly series: number;
  readonly interval: number;
  readonly phases: Phases;
}

/** The times of a run, in seconds. */
export interface Phases {
  /** From the first visible sample of every agent until the measurement starts. */
  readonly warmUp: number;
  /** The measurement at the rate of the scrapes. */
  readonly steady: number;
  /** From the start of the measurement until an ingester is killed. Only with the engine `thanos`. */
  readonly killAfter: number;
  /** How long the killed ingester is away. */
  readonly away: number;
}

export interface Plan {
  readonly runs: readonly Run[];
  /** Seconds that the bench takes on two idle cores. */
  readonly seconds: number;
  /** Bytes of memory and of the temporary folder that the largest run needs. */
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** Bounds of the options. The product of agents and series is also bounded. */
export const bounds = {
  agents: { min: 1, max: 32 },
  counts: 5,
  series: { min: 100, max: 50_000 },
  interval: { min: 5, max: 60 },
  totalSeries: 400_000,
} as const;

/** The small matrix takes less than twelve minutes on two cores. */
export const smallMatrix: FederationOptions = {
  engines: ['prometheus', 'thanos'],
  agents: [1, 4, 16],
  series: 2000,
  interval: 5,
};

/** The matrix of an environment: as many series for each agent as the sizing assumes, and the interval of a cluster. */
export const fullMatrix: FederationOptions = { ...smallMatrix, series: 20_000, interval: 30 };

/** The measurement at full speed: what the agents collect while the receiver is suspended, then send at once. */
export const speed = {
  /** Series of all agents together. */
  series: 32_000,
  /** Seconds between two scrapes. */
  interval: 1,
  /** Seconds for which the receiver is suspended. */
  outage: 8,
  /** Alternations of agents and load generator on the same receiver. */
  rounds: 2,
  /** Seconds after which a round ends without a figure. */
  deadline: 120,
} as const;

/** Series of each agent at full speed. */
export const speedSeries = (agents: number) => Math.floor(speed.series / agents / metricCount) * metricCount;

/** Number of copies of each sample. */
export const copiesOf: Readonly<Record<LaptopEngine, number>> = { prometheus: 1, thanos: 3 };

/**
 * The figures of the plan. A round at full speed creates the series, and sends the samples twice: at 90,000 per second to
 * Prometheus and at 32,000 to Thanos.
 */
const planned = {
  startStopSeconds: 6,
  settleSeconds: 5,
  roundSeconds: { prometheus: 10, thanos: 19 },
  processBytes: 100e6,
  bytesPerSeries: 8000,
  bytesPerSample: 20,
} as const;

export function phasesOf(interval: number): Phases {
  return { warmUp: 2 * interval, steady: 8 * interval, killAfter: 4 * interval, away: 2 * interval };
}

/**
 * The runs of the bench, with their time, memory and disk space.
 * @throws RangeError if the agents have too many series together
 */
export function planOf({ engines, agents, series, interval }: FederationOptions): Plan {
  const most = Math.max(...agents) * series;
  if (most > bounds.totalSeries) {
    throw new RangeError(
      `${Math.max(...agents)} agents with ${series} series have ${most} series together. The bench allows at most ${bounds.totalSeries}. Choose fewer agents or fewer series.`,
    );
  }
  const phases = phasesOf(interval);
  const runs = engines.flatMap((engine) =>
    agents.map((count): Run => ({ engine, agents: count, series, interval, phases })),
  );
  return {
    runs,
    seconds: runs.reduce((sum, run) => sum + secondsOf(run), 0),
    memoryBytes: Math.max(...runs.map(memoryOf)),
    diskBytes: Math.max(...runs.map(diskOf)),
  };
}

function secondsOf({ engine, interval, phases }: Run): number {
  const steady = interval + phases.warmUp + phases.steady + planned.settleSeconds;
  const full = speed.rounds * (speed.outage + planned.roundSeconds[engine]);
  return 2 * planned.startStopSeconds + steady + full;
}

function memoryOf({ engine, agents, series }: Run): number {
  const processes = agents + 2 + copiesOf[engine];
  // At full speed, the receiver has the series of the agents and the series of the load generator.
  const stored = Math.max(agents * series, 2 * speed.series) * copiesOf[engine];
  const buffered = Math.max(agents * series, speed.series);
  return processes * planned.processBytes + (stored + buffered) * planned.bytesPerSeries;
}

function diskOf({ engine, agents, series, interval, phases }: Run): number {
  const scrapes = (phases.warmUp + phases.steady) / interval + 4;
  const samples = Math.max(agents * series * scrapes, speed.series * speed.outage * 2 * speed.rounds * 2);
  return samples * planned.bytesPerSample * (copiesOf[engine] + 1);
}
