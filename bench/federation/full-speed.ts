import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { writeTarget } from '../../demo/engine.ts';
import { peer } from '../../demo/network.ts';
import { median } from '../figures.ts';
import { writerOf } from './agents.ts';
import { type Load, sendLoad } from './generator.ts';
import { ownMetrics, sumOf } from './own-metrics.ts';
import { copiesOf, type Run, speed, speedSeries } from './plan.ts';
import { ProcessorTime } from './processes.ts';
import { type Context, Session } from './session.ts';
import { middleThroughput, type Reading, type Throughput } from './statistics.ts';

/** Medians of all rounds. */
export interface FullSpeed {
  /** The agents send the samples that they collected while the receiver was suspended. */
  readonly agents: Throughput;
  /** A load generator sends samples. */
  readonly generator: Throughput;
}

interface Meter {
  cpuSeconds(): number;
  read(): Promise<Reading>;
}

/** Measures how fast a receiver stores samples. */
export function fullSpeed({ engine, agents }: Run, context: Context): Promise<FullSpeed> {
  const series = speedSeries(agents);
  const { interval } = speed;
  return Session.run({ engine, agents, series, interval, rules: false }, context, async (session) => {
    const meter = meterOf(session, copiesOf[engine], context.signal);
    const rounds: FullSpeed[] = [];
    await session.startAgents();
    for (let round = 0; round < speed.rounds; round += 1) {
      rounds.push({
        agents: await agentsRound(session, series, meter, context.signal),
        generator: await generatorRound(session, { agents, series, round }, meter, context.signal),
      });
    }
    return { agents: middle(rounds.map((r) => r.agents)), generator: middle(rounds.map((r) => r.generator)) };
  });
}

async function agentsRound(
  session: Session,
  series: number,
  meter: Meter,
  signal: AbortSignal,
): Promise<Throughput> {
  const { exporter, stores, engine } = session;
  const scrapes = () => exporter.scrapes.reduce((sum, times) => sum + times.length, 0);
  const signalAll = (name: NodeJS.Signals) => {
    for (const store of engine.storing) stores.process(store).signal(name);
  };
  // The measurement starts after the first samples, because a new series needs more processor time.
  const { samples: before } = await meter.read();
  const seen = scrapes();
  exporter.paused = false;
  await pRetry(
    async () => {
      const { samples } = await meter.read();
      const wanted = before + 2 * exporter.scrapes.length * series;
      if (samples < wanted)
        throw new Error(
          `The measurement cannot start: after a wait of 60 s, the receiver has stored only ${samples} of ${wanted} samples. The machine can be too busy. Stop other programs, then start the bench again.`,
        );
    },
    { ...oftenFor(60), signal },
  );

  const { samples } = await meter.read();
  const alreadyScraped = scrapes();
  signalAll('SIGSTOP');
  await delay(speed.outage * 1000, undefined, { signal });
  // The agents must not scrape new samples while the receiver stores the collected samples.
  exporter.paused = true;
  const waiting = (scrapes() - alreadyScraped) * series;
  if (waiting === 0)
    throw new Error(
      `The agents made no scrape while the bench suspended the receiver for ${speed.outage} s. At least one scrape was expected. Before the suspension, the agents made ${alreadyScraped - seen} scrapes. The machine can be too busy. Stop other programs, then start the bench again.`,
    );
  const first = { at: performance.now(), samples, cpuSeconds: meter.cpuSeconds() };
  signalAll('SIGCONT');
  const throughput = middleThroughput(await readingsUntil(meter, first, waiting, signal), waiting);
  await settled(meter, signal);
  return throughput;
}

async function generatorRound(
  session: Session,
  { agents, series, round }: { readonly agents: number; readonly series: number; readonly round: number },
  meter: Meter,
  signal: AbortSignal,
): Promise<Throughput> {
  const scrapes = speed.outage / speed.interval;
  const start = Date.now() - (scrapes + 1) * 1000;
  const all = (load: Pick<Load, 'scrapes' | 'start'>) =>
    Promise.all(
      Array.from({ length: agents }, (_, connection) =>
        sendLoad(writeUrl(session, connection), { connection, series, ...load }, signal),
      ),
    );
  if (round === 0) {
    await all({ scrapes: 1, start: start - 1000 });
    await settled(meter, signal);
  }
  const first = await meter.read();
  const waiting = agents * series * scrapes;
  const [readings] = await Promise.all([
    readingsUntil(meter, first, waiting, signal),
    all({ scrapes, start }),
  ]);
  await settled(meter, signal);
  return middleThroughput(readings, waiting);
}

/** Returns the URL to which an agent sends remote write. `connection` is the number of the agent. */
function writeUrl({ settings }: Session, connection: number): string {
  const { port, path } = writeTarget(settings.engine, writerOf(connection));
  return peer(settings, port, path);
}

function meterOf(session: Session, copies: number, signal: AbortSignal): Meter {
  const time = new ProcessorTime(session.stores, session.engine.storing);
  return {
    cpuSeconds: () => time.read(),
    read: async () => {
      const texts = await Promise.all(session.storeUrls.map((url) => ownMetrics(url, signal)));
      const stored = texts.reduce((sum, text) => sum + sumOf(text, storedCounter), 0);
      return { at: performance.now(), samples: stored / copies, cpuSeconds: time.read() };
    },
  };
}

const storedCounter = 'prometheus_tsdb_head_samples_appended_total';

async function readingsUntil(
  meter: Meter,
  first: Reading,
  samples: number,
  signal: AbortSignal,
): Promise<readonly Reading[]> {
  const readings = [first];
  const deadline = first.at + speed.deadline * 1000;
  for (;;) {
    const reading = await meter.read();
    readings.push(reading);
    const stored = reading.samples - first.samples;
    if (stored >= 0.95 * samples) return readings;
    if (reading.at > deadline) {
      console.error(
        `error: the receiver stored ${Math.round(stored)} of ${samples} samples in ${speed.deadline} s. The throughput is therefore unknown. Start the bench again on a quieter machine.`,
      );
      return readings;
    }
    await delay(pollMs, undefined, { signal });
  }
}

async function settled(meter: Meter, signal: AbortSignal): Promise<void> {
  let { samples } = await meter.read();
  await pRetry(
    async () => {
      await delay(1000, undefined, { signal });
      const previous = samples;
      samples = (await meter.read()).samples;
      if (samples - previous > speed.series / 20)
        throw new Error(
          `The receiver still stores ${Math.round(samples - previous)} samples per second, although the bench has waited ${speed.deadline} s. Expected at most ${speed.series / 20} samples per second. The measurement therefore cannot continue. The machine can be too busy. Stop other programs on this machine, then start the bench again.`,
        );
    },
    { ...oftenFor(speed.deadline), signal },
  );
}

const pollMs = 100;
const oftenFor = (seconds: number) => ({
  retries: Number.POSITIVE_INFINITY,
  factor: 1,
  minTimeout: pollMs,
  maxRetryTime: seconds * 1000,
});

function middle(throughputs: readonly Throughput[]): Throughput {
  return {
    samplesPerSecond: median(throughputs.map((one) => one.samplesPerSecond)),
    cpuPerSample: median(throughputs.map((one) => one.cpuPerSample)),
  };
}
