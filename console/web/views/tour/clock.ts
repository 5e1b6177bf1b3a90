import { countdown } from '../../format/times.ts';

/** The time that the presenter has used. */
export interface Clock {
  /** Used milliseconds of each act, without the time since `runningSince`. The keys are numbers of acts. */
  readonly usedMs: Readonly<Record<number, number>>;
  /** Number of the current act. */
  readonly act: number;
  /**
   * Unix time in milliseconds at which the clock was started, or at which a running clock changed to this act.
   * Undefined while the clock is paused.
   */
  readonly runningSince?: number;
}

/** Paused, in the first act. */
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

/** Changes the act. A running clock continues. */
export function inAct(clock: Clock, act: number, now: number): Clock {
  if (clock.act === act) return clock;
  const isRunning = clock.runningSince !== undefined;
  return { ...settled(clock, now), act, ...(isRunning && { runningSince: now }) };
}

export interface Remaining {
  /** Remaining milliseconds of the act; negative after its planned end. */
  readonly act: number;
  /** Remaining milliseconds of the presentation; negative after its planned end. */
  readonly total: number;
}

/** @param acts acts with their planned minutes */
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

/** Minutes and seconds: `4:05`, or `+0:42` for 42 seconds after the planned end. */
export function clockText(ms: number): string {
  return ms <= -1000 ? `+${countdown(Math.floor(-ms / 1000))}` : countdown(ms / 1000);
}
