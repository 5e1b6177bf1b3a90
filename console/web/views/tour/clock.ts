import { countdown } from '../../format/times.ts';

export interface Clock {
  /** Milliseconds used in each act, by act number. The time since `runningSince` is not included. */
  readonly usedMs: Readonly<Record<number, number>>;
  readonly act: number;
  /** Unix time in milliseconds. Undefined while the clock is paused. */
  readonly runningSince?: number;
}

export const newClock: Clock = { usedMs: {}, act: 1 };

function settled({ usedMs, act, runningSince }: Clock, now: number): Clock {
  if (runningSince === undefined) return { usedMs, act };
  return { usedMs: { ...usedMs, [act]: (usedMs[act] ?? 0) + now - runningSince }, act };
}

/**
 * Starts a paused clock, or pauses a running clock.
 * @param now Unix time in milliseconds
 */
export function toggled(clock: Clock, now: number): Clock {
  return clock.runningSince === undefined ? { ...clock, runningSince: now } : settled(clock, now);
}

export function inAct(clock: Clock, act: number, now: number): Clock {
  if (clock.act === act) return clock;
  const isRunning = clock.runningSince !== undefined;
  return { ...settled(clock, now), act, ...(isRunning && { runningSince: now }) };
}

export interface Remaining {
  /** Remaining milliseconds of the current act. Negative if the act takes longer than planned. */
  readonly act: number;
  /** Milliseconds until the planned end of the presentation. Negative after the planned end. */
  readonly total: number;
}

/** @param now Unix time in milliseconds */
export function remaining(
  clock: Clock,
  acts: readonly { readonly number: number; readonly minutes: number }[],
  now: number,
): Remaining {
  const { usedMs } = settled(clock, now);
  const planned = (minutes: number) => minutes * 60_000;
  const current = acts.find(({ number }) => number === clock.act);
  const used = Object.values(usedMs).reduce((sum, ms) => sum + ms, 0);
  const total = acts.reduce((sum, { minutes }) => sum + planned(minutes), 0);
  return { act: planned(current?.minutes ?? 0) - (usedMs[clock.act] ?? 0), total: total - used };
}

/** Minutes and seconds, such as `4:05`. The text `+0:42` means 42 seconds after the planned end. */
export function clockText(ms: number): string {
  return ms <= -1000 ? `+${countdown(Math.floor(-ms / 1000))}` : countdown(ms / 1000);
}
