import { describe, expect, it } from 'vitest';
import { Refresher } from '../../../functions/exporter/refresher.ts';
import { UpstreamError } from '../../../functions/exporter/upstream.ts';
import { fakeClock, settled } from '../fake-clock.ts';

const second = 1000;
const minute = 60 * second;

/** If `random` is 1, each backoff has its maximum length. */
function refresher(outcomes: (Error | undefined)[] = [], random = 1) {
  const clock = fakeClock();
  const startedAt = clock.now();
  const times: number[] = [];
  const made = new Refresher({
    clock,
    intervalMs: 10 * minute,
    random: () => random,
    async refresh() {
      times.push(clock.now() - startedAt);
      const outcome = outcomes.shift();
      if (outcome) throw outcome;
    },
  });
  return { clock, made, times };
}

describe('a refresher in the background', () => {
  it('refreshes immediately, and then once per interval', async () => {
    const { clock, made, times } = refresher();
    made.start();
    await clock.advance(25 * minute);
    expect(times).toEqual([0, 10 * minute, 20 * minute]);
  });

  it('waits longer after each failure, but at most one interval', async () => {
    const failures = Array.from({ length: 12 }, () => new Error('away'));
    const { clock, made, times } = refresher(failures);
    made.start();
    await clock.advance(50 * minute);
    const waits = times.slice(1).map((time, i) => (time - (times[i] ?? 0)) / second);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
  });

  it('waits at least half of the backoff before it tries again', async () => {
    const { clock, made, times } = refresher([new Error('away')], 0);
    made.start();
    await clock.advance(second);
    expect(times).toEqual([0, second / 2]);
  });

  it('waits as long as Retry-After requests, at most one hour', async () => {
    const limited = (retryAfterMs: number) =>
      new UpstreamError('rate_limited', 'slow down', { retryAfterMs });
    const { clock, made, times } = refresher([limited(20 * minute), limited(1440 * minute)]);
    made.start();
    await clock.advance(90 * minute);
    expect(times).toEqual([0, 20 * minute, 80 * minute, 90 * minute]);
  });

  it('does nothing after it is stopped', async () => {
    const { clock, made, times } = refresher();
    made.start();
    await settled();
    await made.stop();
    await clock.advance(60 * minute);
    expect(times).toEqual([0]);
  });

  it('aborts the current refresh when the refresher is stopped', async () => {
    let ended = false;
    const made = new Refresher({
      clock: fakeClock(),
      intervalMs: minute,
      refresh: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            ended = true;
            reject(new Error('stopped'));
          });
        }),
    });
    made.start();
    await made.stop();
    expect(ended).toBe(true);
  });
});

describe('a refresher on demand', () => {
  it('does one refresh for all concurrent calls', async () => {
    const { made, times } = refresher();
    expect(await Promise.all([made.refreshIfDue(), made.refreshIfDue(), made.refreshIfDue()])).toEqual([
      true,
      true,
      true,
    ]);
    expect(times).toHaveLength(1);
  });

  it('does not refresh again before the interval or the backoff ends', async () => {
    const { clock, made, times } = refresher([new Error('away')]);
    expect(await made.refreshIfDue()).toBe(false);
    expect(await made.refreshIfDue()).toBe(false);
    expect(times).toHaveLength(1);
    await clock.advance(second);
    expect(await made.refreshIfDue()).toBe(true);
    await clock.advance(9 * minute);
    expect(await made.refreshIfDue()).toBe(true);
    expect(times).toHaveLength(2);
  });
});
