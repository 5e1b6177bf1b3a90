import { countdown } from '../../format/times.ts';

/** The time that the presenter has used. */
export interface Clock {
  /** Milliseconds used in each act, by the number of the act. The time since `runningSince` is not yet included. */
  readonly usedMs: Readonly<Record<number, number>>;
  /** Number of the act whose time runs. If the clock is paused, it is the act that continues next. */
  readonly act: number;
  /** Unix time in milliseconds at which the clock was started; undefined while the clock is paused. */
  readonly runningSince?: number;
}

/** A paused clock for the first act. */
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

/** Changes the act of the clock. A running clock continues to run. */
export function inAct(clock: Clock, act: number, now: number): Clock {
  if (clock.act === act) return clock;
  const isRunning = clock.runningSince !== undefined;
  return { ...settled(clock, now), act, ...(isRunning && { runningSince: now }) };
}

export interface Remaining {
  /** Remaining milliseconds of the act; negative after the planned end. */
  readonly act: number;
  /** Remaining milliseconds of the whole presentation; negative after the planned end. */
  readonly total: number;
}

/**
 * The remaining times.
 * @param acts acts with their planned minutes
 */
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

/** Formats minutes and seconds: `4:05`, or `+0:42` if the planned time ended 42 seconds ago. */
export function clockText(ms: number): string {
  return ms <= -1000 ? `+${countdown(Math.floor(-ms / 1000))}` : countdown(ms / 1000);
}
