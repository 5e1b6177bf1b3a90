import { seconds } from '../../../../../metrics/duration.ts';

/** A time range in a URL. Each end is `now`, a text such as `now-1h`, or Unix milliseconds. */
export interface RelativeRange {
  readonly from: string;
  readonly to: string;
}

/** Unix times in seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Preset extends RelativeRange {
  readonly name: string;
}

const last = (amount: string, name: string): Preset => ({ name, from: `now-${amount}`, to: 'now' });

export const presets: readonly Preset[] = [
  last('5m', 'Last 5 minutes'),
  last('15m', 'Last 15 minutes'),
  last('30m', 'Last 30 minutes'),
  last('1h', 'Last 1 hour'),
  last('3h', 'Last 3 hours'),
  last('6h', 'Last 6 hours'),
  last('12h', 'Last 12 hours'),
  last('24h', 'Last 24 hours'),
];

/** Undefined if the text is not a duration such as `30s`. */
export function durationSeconds(text: string): number | undefined {
  return /^(\d+[dhms])+$/.test(text) ? seconds(text) : undefined;
}

/**
 * `now` and the result are Unix times in seconds. Undefined for an invalid text.
 * @param text `now`, `now-90m`, Unix milliseconds or `2026-01-31 12:00`
 */
export function timeOf(text: string, now: number): number | undefined {
  const given = text.trim();
  if (given === 'now') return now;
  const ago = /^now-(.+)$/.exec(given)?.[1];
  if (ago !== undefined) {
    const age = durationSeconds(ago);
    return age === undefined ? undefined : now - age;
  }
  if (/^\d{11,}$/.test(given)) return Number(given) / 1000;
  if (!/^\d{4}-\d\d-\d\d/.test(given)) return undefined;
  // JavaScript takes a date without a time as UTC, but a date with a time as local time.
  const parsed = Date.parse(/^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00` : given.replace(' ', 'T'));
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}

/** The text of a time in an input field: a relative time such as `now-1h`, or a local date and time. */
export function editable(time: string): string {
  const at = time.startsWith('now') ? undefined : timeOf(time, 0);
  if (at === undefined) return time;
  const offset = new Date(at * 1000).getTimezoneOffset() * 60;
  return new Date((at - offset) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `openingRange` never shortens the time range of a dashboard to less than this number of seconds. */
const shortestDefault = 15 * 60;

/**
 * Shortens the range if Prometheus started recently.
 * @param age seconds since the start of Prometheus
 */
export function openingRange(own: RelativeRange, age: number): RelativeRange {
  const secondsOf = ({ from }: RelativeRange) => durationSeconds(from.replace(/^now-/, '')) ?? 0;
  const longest = secondsOf(own);
  const fitting = presets.find((preset) => secondsOf(preset) >= Math.max(age, shortestDefault));
  return fitting && secondsOf(fitting) < longest ? { from: fitting.from, to: fitting.to } : own;
}

/** Whether the end of the range moves with time. */
export const isLive = ({ to }: RelativeRange): boolean => to.startsWith('now');

/** Undefined if a time is invalid, or if the start is not before the end. */
export function spanOf({ from, to }: RelativeRange, now: number): Span | undefined {
  const [start, end] = [timeOf(from, now), timeOf(to, now)];
  return start === undefined || end === undefined || start >= end ? undefined : { from: start, to: end };
}

export function absoluteRange(from: number, to: number): RelativeRange {
  return { from: String(Math.round(from * 1000)), to: String(Math.round(to * 1000)) };
}

/** Doubles a range around its middle. If the new end is in the future, the range ends now. */
export function zoomedOut({ from, to }: Span, now: number): RelativeRange {
  const half = (to - from) / 2;
  const end = Math.min(now, to + half);
  return absoluteRange(end - half * 4, end);
}
