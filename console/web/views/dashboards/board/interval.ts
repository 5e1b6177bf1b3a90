import type { Span } from './time-range.ts';

/** Seconds between two points that read well on an axis, as Grafana rounds them. */
const steps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200,
];
const day = 86_400;

/** What the interval variables of Grafana mean for one panel. All in seconds. */
export interface Intervals {
  /** `$__interval`, also the step of the query. */
  readonly interval: number;
  /** `$__rate_interval`: at least four scrapes. */
  readonly rateInterval: number;
  /** `$__range`. */
  readonly range: number;
}

/**
 * The interval that gives about one point for each two pixels, which a reader cannot tell from twice as many, and is
 * never shorter than the scrape interval.
 * @param width of the panel in CSS pixels
 * @param scrapeInterval in seconds
 */
export function intervalsOf({ from, to }: Span, width: number, scrapeInterval: number): Intervals {
  const range = Math.max(1, Math.round(to - from));
  const wanted = range / Math.max(100, width / 2);
  const interval = Math.max(scrapeInterval, nearestStep(wanted));
  return { interval, rateInterval: Math.max(interval + scrapeInterval, 4 * scrapeInterval), range };
}

/** The step that is nearest to the wanted one. */
function nearestStep(wanted: number): number {
  const found = steps.find((step, index) => wanted < (step + (steps[index + 1] ?? day)) / 2);
  return found ?? Math.ceil(wanted / day) * day;
}

/** Writes the intervals into a query. The longest names come first, because `$__range` begins `$__range_s`. */
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

/** The span with ends at multiples of the step, as Grafana sends it: points keep their time from one read to the next. */
export function alignedSpan({ from, to }: Span, step: number): Span {
  return { from: Math.floor(from / step) * step, to: Math.floor(to / step) * step };
}
