import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { BatchSchedule } from '../../../demo/traffic/batch-schedule.ts';
import { RunHistory } from '../../../demo/traffic/run-history.ts';
import { until } from '../../live/processes.ts';

const periodMs = 1000;

async function fakeBatchPusher(...durations: readonly number[]) {
  const runs: { readonly startedAt: number; endedAt?: number }[] = [];
  const server = createServer((_, response) => {
    const run: (typeof runs)[number] = { startedAt: Date.now() };
    const duration = durations[runs.length] ?? durations.at(-1);
    runs.push(run);
    setTimeout(() => {
      run.endedAt = Date.now();
      response.end('{}');
    }, duration);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, runs };
}

it.each([
  ['half a period', periodMs / 2],
  ['more than a period', periodMs * 1.5],
])('the batch schedule waits a whole period after a manual run that lasts %s', async (_, duration) => {
  const { url, runs } = await fakeBatchPusher(0, duration);
  const schedule = new BatchSchedule(url, new RunHistory(), periodMs);
  await schedule.start();
  onTestFinished(() => schedule.stop());
  await until(
    () => 'the schedule starts no run',
    () => runs[0]?.endedAt !== undefined,
    10_000,
  );
  await schedule.trigger();
  await until(
    () => 'the schedule starts no second run',
    () => runs.length === 3,
    10_000,
  );
  const [, byHand, scheduled] = runs;
  expect((scheduled?.startedAt ?? 0) - (byHand?.endedAt ?? 0)).toBeGreaterThanOrEqual(periodMs - 5);
});
