import type { Span } from './time-range.ts';

/** Seconds between two points of a curve. Round values, as in Grafana. */
const steps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200,
];
const day = 86_400;

/** Values of Grafana's interval variables, in seconds. */
export interface Intervals {
  /** Value of `$__interval`: the time between two points of the curve. */
  readonly interval: number;
  /** Value of `$__rate_interval`: at least four scrape intervals. */
  readonly rateInterval: number;
  /** Value of `$__range`. */
  readonly range: number;
}

/**
 * One point for every two pixels is enough.
 * @param width CSS pixels
 * @param scrapeInterval seconds
 */
export function intervalsOf({ from, to }: Span, width: number, scrapeInterval: number): Intervals {
  const range = Math.max(1, Math.round(to - from));
  const wanted = range / Math.max(100, width / 2);
  const interval = Math.max(scrapeInterval, nearestStep(wanted));
  return { interval, rateInterval: Math.max(interval + scrapeInterval, 4 * scrapeInterval), range };
}

function nearestStep(wanted: number): number {
  const found = steps.find((step, index) => wanted < (step + (steps[index + 1] ?? day)) / 2);
  return found ?? Math.ceil(wanted / day) * day;
}

/** Long names are replaced first, because `$__range_s` starts with `$__range`. */
export function withIntervals(expr: string, { interval, rateInterval, range }: Intervals): string {
  const values: readonly (readonly [name: string, value: string])[] = [
    ['__rate_interval', `${rateInterval}s`],
    ['__interval_ms', `${interval * 1000}`],
    ['__interval', `${interval}s`],
    ['__range_ms', `${range * 1000}`],
    ['__range_s', `${range}`],
    ['__range', `${range}s`],
  ];
  return values.reduce(
    (text, [name, value]) => text.replaceAll(`$${name}`, value).replaceAll(`\${${name}}`, value),
    expr,
  );
}

/** Rounds both ends down, like Grafana. Therefore a refresh does not move the points of a curve. */
export function alignedSpan({ from, to }: Span, step: number): Span {
  return { from: Math.floor(from / step) * step, to: Math.floor(to / step) * step };
}
