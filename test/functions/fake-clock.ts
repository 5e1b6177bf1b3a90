import type { Clock } from '../../functions/clock.ts';

export interface FakeClock extends Clock {
  /** Moves the time forward, and runs the due actions. */
  advance(ms: number): Promise<void>;
  /** Milliseconds until each scheduled action. */
  waits(): number[];
}

export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let waiting: { readonly at: number; readonly action: () => void }[] = [];
  return {
    now: () => now,
    after(ms, action) {
      const entry = { at: now + ms, action };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting = waiting.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.action();
      }
      now = end;
      await settled();
    },
    waits: () => waiting.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}

/** Waits for the callbacks of pending promises. Does not wait for files or the network. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise(setImmediate);
}
