import { describe, expect, it } from 'vitest';
import { onDemand } from '../../../functions/exporter/on-demand.ts';
import type { Lifetime } from '../../../functions/function.ts';
import { fakeClock } from '../fake-clock.ts';

function prepared(lifetime: Lifetime, hasValue: boolean) {
  const clock = fakeClock();
  let refreshes = 0;
  let finish = (): void => undefined;
  const prepare = onDemand({
    clock,
    lifetime,
    hasValue: () => hasValue,
    refresher: {
      refreshIfDue: () => {
        refreshes += 1;
        return new Promise((resolve) => {
          finish = () => resolve(true);
        });
      },
    },
  });
  return { clock, prepare, finish: () => finish(), refreshes: () => refreshes };
}

describe('a scrape on demand', () => {
  it('gets a stale value immediately while the next value is fetched', () => {
    const { prepare, refreshes } = prepared('warm', true);
    expect(prepare(10_000)).toBeUndefined();
    expect(refreshes()).toBe(1);
  });

  it('waits for the first value', async () => {
    const { prepare, finish, clock } = prepared('warm', false);
    const waiting = prepare(10_000);
    finish();
    expect(await waiting).toBe(true);
    expect(clock.waits()).toEqual([]);
  });

  it('ends before the timeout of the scraper', async () => {
    const { prepare, clock } = prepared('warm', false);
    const waiting = prepare(3000);
    expect(clock.waits()).toEqual([2500]);
    await clock.advance(2500);
    expect(await waiting).toBe(false);
  });

  it('waits for a new value if the process is frozen between requests', async () => {
    const { prepare, finish } = prepared('frozen', true);
    const waiting = prepare(undefined);
    finish();
    expect(await waiting).toBe(true);
  });
});
