import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reportMetrics } from '../../functions/batch-pusher/report.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { atLeast, atMost, figure, median } from '../figures.ts';
import { start } from './servers.ts';

const rounds = 3;
const seconds = 4;
const warmUpPushes = 5000;

interface Pushes {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const report = {
  status: 'success',
  durationSeconds: 1.5,
  recordsProcessed: 9,
  etl: { extracted: 10, transformed: 9, loaded: 9 },
} as const;

interface Scenario {
  readonly title: string;
  readonly callers: number;
  /** If false, all callers push to one group. */
  readonly ownGroups: boolean;
  readonly pauseMs: number;
}

const scenarios: readonly Scenario[] = [
  { title: '1 caller', callers: 1, ownGroups: false, pauseMs: 0 },
  { title: '16 callers', callers: 16, ownGroups: false, pauseMs: 0 },
  { title: '50 callers', callers: 50, ownGroups: false, pauseMs: 0 },
  { title: '50 callers, a group each', callers: 50, ownGroups: true, pauseMs: 0 },
  { title: '50 callers, a push every 500 ms each', callers: 50, ownGroups: false, pauseMs: 500 },
];

/** Measures the same pushes directly to a Pushgateway, and through the batch-pusher. */
export async function pushes(bundle: string): Promise<void> {
  const { pushgateway } = await obtainPrograms({ names: ['pushgateway'] });
  for (const scenario of scenarios) {
    const gateway = await start(pushgateway.path, (port) => [
      ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=error'],
    ]);
    const pusher = await start(process.execPath, () => [bundle], {
      env: { PUSHGATEWAY_URL: `http://127.0.0.1:${gateway.port}`, RATE_LIMIT_PER_SECOND: '100000' },
    });
    await compare(scenario, await waysTo(gateway.port, pusher.port));
    await Promise.all([gateway.stop(), pusher.stop()]);
  }
}

async function waysTo(gatewayPort: number, pusherPort: number) {
  const { text, contentType } = await reportMetrics({ ...report, grouping: {} }, 1000).exposition();
  return {
    straight: {
      method: 'PUT',
      url: `http://127.0.0.1:${gatewayPort}/metrics/job/bench/caller/{}`,
      headers: { 'content-type': contentType },
      body: text,
    },
    through: {
      method: 'POST',
      url: `http://127.0.0.1:${pusherPort}/batches/bench`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...report, grouping: { caller: '{}' } }),
    },
  };
}

async function compare(scenario: Scenario, ways: Awaited<ReturnType<typeof waysTo>>): Promise<void> {
  const { title, callers, ownGroups, pauseMs } = scenario;
  const straight: Pushes[] = [];
  const through: Pushes[] = [];
  const push = (way: keyof typeof ways, limit: object) =>
    callersPush({ ...ways[way], callers, ownGroups, pauseMs, ...limit });
  if (pauseMs === 0)
    for (const way of ['straight', 'through'] as const) await push(way, { pushes: warmUpPushes });
  for (let round = 0; round < rounds; round++) {
    straight.push(await push('straight', { seconds }));
    through.push(await push('through', { seconds }));
  }
  const of = (runs: readonly Pushes[], key: keyof Pushes) => median(runs.map((run) => run[key]));
  const line = (runs: readonly Pushes[]) =>
    `${of(runs, 'perSecond').toFixed(0)}/s, p50 ${of(runs, 'p50').toFixed(1)} ms, p99 ${of(runs, 'p99').toFixed(1)} ms, ${of(runs, 'failed')} failed`;
  console.log(`\n  pushes, ${title}, median of ${rounds} rounds of ${seconds} s, measured alternately`);
  figure('directly to the Pushgateway', line(straight));
  const p99 = callers === 50 ? atMost(of(through, 'p99'), 25, ' ms p99') : undefined;
  figure('through the function', line(through), p99);
  if (pauseMs > 0) return;
  const share = (100 * of(through, 'perSecond')) / of(straight, 'perSecond');
  figure('through the function ÷ directly', `${share.toFixed(0)} %`, atLeast(share, 80, ' %'));
}

async function callersPush(options: object): Promise<Pushes> {
  const program = join(import.meta.dirname, 'pushers.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(options)]);
  return JSON.parse(stdout) as Pushes;
}
