import { countdown } from '../../format/times.ts';

/** The time that the presenter has used. */
export interface Clock {
  /** Milliseconds used in each act, by its number, without the time since `runningSince`. */
  readonly usedMs: Readonly<Record<number, number>>;
  /** The act whose time runs, or would run. */
  readonly act: number;
  /** Unix time in milliseconds since which the time of the act runs; undefined while the clock is paused. */
  readonly runningSince?: number;
}

/** A paused clock in the first act. */
export const newClock: Clock = { usedMs: {}, act: 1 };

function settled({ usedMs, act, runningSince }: Clock, now: number): Clock {
  if (runningSince === undefined) return { usedMs, act };
  return { usedMs: { ...usedMs, [act]: (usedMs[act] ?? 0) + now - runningSince }, act };
}

/** Starts a paused clock; pauses a running one. @param now unix time in milliseconds */
export function toggled(clock: Clock, now: number): Clock {
  return clock.runningSince === undefined ? { ...clock, runningSince: now } : settled(clock, now);
}

/** The clock in another act. A running clock continues there. */
export function inAct(clock: Clock, act: number, now: number): Clock {
  if (clock.act === act) return clock;
  const isRunning = clock.runningSince !== undefined;
  return { ...settled(clock, now), act, ...(isRunning && { runningSince: now }) };
}

export interface Remaining {
  /** Milliseconds left in the act; negative after its end. */
  readonly act: number;
  /** Milliseconds left in the whole presentation; negative after its end. */
  readonly total: number;
}

/** The time that is left. @param acts the planned minutes of each act */
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

/** Minutes and seconds: `4:05`; `+0:42` for 42 seconds over the time. */
export function clockText(ms: number): string {
  return ms <= -1000 ? `+${countdown(Math.floor(-ms / 1000))}` : countdown(ms / 1000);
}
