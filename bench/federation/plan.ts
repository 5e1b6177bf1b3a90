import type { LaptopEngine } from '../../config/topology.ts';
import { metricCount } from './series.ts';

export interface FederationOptions {
  readonly engines: readonly LaptopEngine[];
  /** The bench makes a separate run for each of these numbers of agents. */
  readonly agents: readonly number[];
  /** Number of series of each agent. */
  readonly series: number;
  /** Seconds between two scrapes. */
  readonly interval: number;
}

/** Plan for one measurement. Example: a measurement of Thanos with 16 agents. */
export interface Run {
  readonly engine: LaptopEngine;
  readonly agents: number;
  readonly series: number;
  readonly interval: number;
  readonly phases: Phases;
}

/** Durations of the phases of a run, in seconds. */
export interface Phases {
  /** Pause before the measurement. The bench starts the pause when a query finds samples of every agent. */
  readonly warmUp: number;
  /** Duration of the measurement at the normal scrape rate. */
  readonly steady: number;
  /** Duration of the measurement of `cpuPerSample`. Then the bench kills a receiver of Thanos. */
  readonly killAfter: number;
  /** Time between the kill and the restart of the receiver. */
  readonly away: number;
}

export interface Plan {
  readonly runs: readonly Run[];
  /** Expected duration of the bench on two idle cores, in seconds. */
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** The product of agents and series must not exceed `totalSeries`. */
export const bounds = {
  agents: { min: 1, max: 32 },
  counts: 5,
  series: { min: 100, max: 50_000 },
  interval: { min: 5, max: 60 },
  totalSeries: 400_000,
} as const;

/** This matrix takes less than sixteen minutes on two cores. */
export const smallMatrix: FederationOptions = {
  engines: ['prometheus', 'thanos'],
  agents: [1, 4, 16],
  series: 2000,
  interval: 5,
};

/** An edge cluster is planned for 20,000 series by default, and has a scrape interval of 30 s. */
export const fullMatrix: FederationOptions = { ...smallMatrix, series: 20_000, interval: 30 };

/** Settings of the measurement at full speed (full-speed.ts). */
export const speed = {
  /** Number of series of all agents together. */
  series: 64_000,
  /** Seconds between two scrapes. */
  interval: 1,
  /** Seconds of suspension of the receiver. A shorter suspension makes the result less exact. */
  outage: 20,
  /** Number of rounds. A round measures the agents first, and then the load generator. */
  rounds: 2,
  /** Seconds within which the receiver must store the samples of one measurement. */
  deadline: 120,
} as const;

/** Number of series of one agent. All agents together have about `speed.series` series. */
export const speedSeries = (agents: number) => Math.floor(speed.series / agents / metricCount) * metricCount;

/** Number of stored copies of each sample. */
export const copiesOf: Readonly<Record<LaptopEngine, number>> = { prometheus: 1, thanos: 3 };

const planned = {
  startStopSeconds: 6,
  settleSeconds: 5,
  roundSeconds: { prometheus: 12, thanos: 30 },
  processBytes: 100e6,
  bytesPerSeries: 8000,
  bytesPerSample: 20,
} as const;

export function phasesOf(interval: number): Phases {
  return { warmUp: 2 * interval, steady: 8 * interval, killAfter: 4 * interval, away: 2 * interval };
}

/** @throws RangeError if the agents have too many series together */
export function planOf({ engines, agents, series, interval }: FederationOptions): Plan {
  const most = Math.max(...agents) * series;
  if (most > bounds.totalSeries) {
    throw new RangeError(
      `${Math.max(...agents)} agents with ${series} series per agent need ${most} series in total. The bench allows at most ${bounds.totalSeries} series in total. Choose fewer agents or fewer series.`,
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
  const stored = Math.max(agents * series, 2 * speed.series) * copiesOf[engine];
  const buffered = Math.max(agents * series, speed.series);
  return processes * planned.processBytes + (stored + buffered) * planned.bytesPerSeries;
}

function diskOf({ engine, agents, series, interval, phases }: Run): number {
  const scrapes = (phases.warmUp + phases.steady) / interval + 4;
  const samples = Math.max(agents * series * scrapes, speed.series * speed.outage * 2 * speed.rounds * 2);
  return samples * planned.bytesPerSample * (copiesOf[engine] + 1);
}
