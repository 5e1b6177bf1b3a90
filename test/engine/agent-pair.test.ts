import { rmSync } from 'node:fs';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { receivers } from '../../demo/components/thanos/members.ts';
import { until } from '../live/processes.ts';
import { type Agent, agents, type Pair, servedSeries, startPair } from './agent-pair.ts';

/** Port offset of the programs in this file. The laptop pipeline runs at the same time. */
const portOffset = inject('laptop').portOffset - 1000;
const intervalMs = scrapeIntervalSeconds.laptop * 1000;
const stopMs = 5000;

let pair: Pair;

beforeAll(async () => {
  pair = await startPair(portOffset);
  await until(
    () => 'the samples of an agent are not stored',
    () => bothStored(Date.now() - intervalMs),
    60_000,
  );
}, 20 * 60_000);

afterAll(() => pair?.close());

/** Returns the Unix times of the stored scrapes, in milliseconds. */
async function stored(agent: Agent, seconds: number): Promise<ReadonlySet<number>> {
  const copies = await pair.query(`pair_served{series="0",prometheus_replica="${agent}"}[${seconds}s]`, {
    merged: false,
  });
  return new Set(copies.flatMap(({ values = [] }) => values.map(([, value]) => Number(value))));
}

async function bothStored(since: number): Promise<boolean> {
  const newest = await Promise.all(agents.map(async (agent) => Math.max(...(await stored(agent, 60)), 0)));
  return newest.every((time) => time > since);
}

const scrapes = (agent: Agent) => pair.served(agent).length;

async function forReceivers(action: 'stop' | 'start'): Promise<void> {
  await Promise.all(receivers.map(({ name }) => pair.supervisor.act(name, action)));
}

async function scraped(agent: Agent, times: number): Promise<void> {
  const before = scrapes(agent);
  await until(
    () => `${agent} does not scrape`,
    () => scrapes(agent) >= before + times,
    (times + 3) * intervalMs,
  );
}

/** Stops all receivers, restarts one agent, and finds missing samples. `restart` waits for a scrape. */
async function outage(interrupted: Agent, survivor: Agent, restart: () => Promise<void>) {
  const start = Date.now();
  await scraped(survivor, 3);
  await forReceivers('stop');
  await scraped(interrupted, 4);
  await restart();
  await scraped(survivor, 3);
  await forReceivers('start');
  const back = Date.now();
  await until(
    () => 'an agent does not send its samples later',
    () => bothStored(back),
    90_000,
  );
  const end = Date.now();
  const seconds = Math.ceil((end - start) / 1000);
  const within = (times: Iterable<number>) => [...times].filter((time) => time > start && time < back);
  const missing = async (agent: Agent) => {
    const found = await stored(agent, seconds + 10);
    return within(pair.served(agent)).filter((time) => !found.has(time));
  };
  return {
    start,
    end,
    seconds,
    scrapes: within(pair.served(survivor)).length,
    missing: await missing(survivor),
    missingOfLost: await missing(interrupted),
  };
}

/** Number of samples that the Thanos querier returns for one series in the last `seconds` seconds. */
async function shown(seconds: number, deduplication: 'chain' | 'penalty'): Promise<number> {
  const [series] = await pair.query(`count_over_time(pair_served{series="0"}[${seconds}s])`, {
    by: deduplication,
  });
  return Number(series?.value?.[1]);
}

async function expectNothingLost({
  start,
  end,
  seconds,
  scrapes,
  missing,
  missingOfLost,
}: Awaited<ReturnType<typeof outage>>) {
  console.log(
    `${scrapes} scrapes of the surviving agent, ${missing.length} missing; the lost agent lost ${missingOfLost.length}`,
  );
  expect(missingOfLost.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
  expect(scrapes).toBeGreaterThanOrEqual(8);
  const steps = await pair.queryRange('count(pair_served)', start, end);
  const counts = steps.flatMap(({ values = [] }) => values.map(([, value]) => Number(value)));
  expect(counts.length).toBeGreaterThanOrEqual(Math.floor((end - start) / intervalMs));
  expect([...new Set(counts)]).toEqual([servedSeries]);
  const [increase] = await pair.query(`increase(pair_elapsed_total[${seconds}s])`);
  expect(Number(increase?.value?.[1]) / seconds).toBeCloseTo(1, 1);
  const once = await shown(seconds, 'penalty');
  expect(once).toBeLessThanOrEqual((seconds * 1000) / intervalMs + 2);
  await expect.poll(() => shown(seconds, 'chain'), { timeout: 10_000 }).toBeGreaterThan(1.2 * once);
}

describe('a pair of agents in an outage of all receivers', () => {
  it('loses no sample if one agent is killed', async () => {
    const result = await outage('agent-a', 'agent-b', async () => {
      process.kill(pair.supervisor.process('agent-a').pid as number, 'SIGKILL');
      await scraped('agent-a', 1);
    });
    await expectNothingLost(result);
  }, 240_000);

  it('loses no sample if an agent loses its volume', async () => {
    const result = await outage('agent-b', 'agent-a', async () => {
      await pair.supervisor.process('agent-b').stop(stopMs);
      rmSync(pair.logOf('agent-b'), { recursive: true });
      pair.supervisor.process('agent-b').start();
      await scraped('agent-b', 1);
    });
    await expectNothingLost(result);
  }, 240_000);
});

describe('a writer whose clock is 48 h ahead', () => {
  it('is refused, but does not block other writers', async () => {
    const ahead = Date.now() + 48 * 3600_000;
    const push = (lines: string) =>
      execa(
        pair.programs.promtool.path,
        ['push', 'metrics', '--remote-write.path=/api/v1/receive', pair.writeUrl],
        { input: lines, reject: false },
      );
    const { exitCode, stderr } = await push(`# TYPE ahead gauge\nahead 1 ${ahead}\n`);
    expect(stderr).toMatch(/409|too far|out of bounds/i);
    expect(exitCode).not.toBe(0);
    const since = Date.now();
    await until(
      () => 'the samples of the agents are refused',
      () => bothStored(since + intervalMs),
      60_000,
    );
    const [found] = await pair.query(`count(ahead @ ${ahead / 1000})`);
    expect(found).toBeUndefined();
  }, 120_000);
});
