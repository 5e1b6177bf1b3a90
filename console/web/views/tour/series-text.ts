import { duration, timeOfDay } from '../../format/times.ts';
import { formatOf } from '../../format/units.ts';
import type { Labels } from '../../prometheus.ts';

/** Labels that come first in the name of a series. The `technical` labels come last. */
const preferred = ['cluster', 'job', 'scrape_job', 'side', 'reason', '__name__'];
const technical = ['environment', 'namespace', 'instance', 'server_id'];

function rank(label: string): number {
  const early = preferred.indexOf(label);
  const late = technical.indexOf(label);
  if (early >= 0) return early;
  return preferred.length + (late >= 0 ? late + 1 : 0);
}

export function distinguishing(series: readonly Labels[]): readonly string[] {
  const differing = [...new Set(series.flatMap((labels) => Object.keys(labels)))]
    .filter((label) => new Set(series.map((labels) => labels[label])).size > 1)
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  if (differing.length === 0) return series.map(({ __name__ = '' }) => __name__);
  const named = (labels: readonly string[]) =>
    series.map((each) => labels.flatMap((label) => each[label] ?? []).join(' · ') || 'without labels');
  const isEnough = (labels: readonly string[]) => new Set(named(labels)).size === series.length;
  const one = differing.find((label) => isEnough([label]));
  if (one) return named([one]);
  const count = differing.findIndex((_, index) => isEnough(differing.slice(0, index + 1)));
  return named(differing.slice(0, count + 1));
}

/**
 * With the unit `unix`, `value` is a Unix time in seconds.
 * @param now Unix time in seconds
 */
export function valueText(value: number, unit: string | undefined, now: number): string {
  if (unit === 's' && value >= 60) return duration(value);
  if (unit !== 'unix') return formatOf(unit ?? 'none')(value);
  return `${timeOfDay(value * 1000)} (${duration(Math.max(0, Math.round(now - value)))} ago)`;
}

/** Removes a common beginning up to a slash: `east/nats` and `east/agent` become `nats` and `agent`. */
export function withoutSharedPlace(names: readonly string[]): readonly string[] {
  const [first = ''] = names;
  const place = first.slice(0, first.lastIndexOf('/') + 1);
  return names.length > 1 && place !== '' && names.every((name) => name.startsWith(place))
    ? names.map((name) => name.slice(place.length))
    : names;
}
