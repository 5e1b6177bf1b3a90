import { laptopDurations, scrapeIntervalSeconds } from '../config/knobs.ts';

/** Where the rules run. The laptop has shorter durations, because alerts must fire within a minute. */
export type Profile = 'production' | 'laptop';

/** A duration in Prometheus notation (`90s`, `1h30m`) for each profile. */
export type Duration = Readonly<Record<Profile, string>>;

const secondsOf: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

const secondsOfAnyUnit = { ...secondsOf, y: 365 * 86_400, w: 7 * 86_400, ms: 0.001 };

/**
 * Seconds of a duration in Prometheus notation.
 * @throws Error if the duration has a wrong format
 */
export function seconds(duration: string): number {
  if (!/^(\d+(?:ms|[ywdhms]))+$/.test(duration)) {
    throw new Error(`Expected a duration such as 30s, 5m or 1h30m; got '${duration}'`);
  }
  return [...duration.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce(
    (sum, [, count, unit]) =>
      sum + Number(count) * (secondsOfAnyUnit[unit as keyof typeof secondsOfAnyUnit] as number),
    0,
  );
}

/** Prometheus notation of whole seconds: 5400 becomes `1h30m`. */
export function notation(total: number): string {
  let rest = Math.round(total);
  let text = '';
  for (const [unit, size] of Object.entries(secondsOf)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** The range of a PromQL expression (`5m` in `rate(x[5m])`). */
export function lookback(production: string): Duration {
  const { rangeDivisor, rangeMinScrapes } = laptopDurations;
  const shortest = rangeMinScrapes * scrapeIntervalSeconds.laptop;
  return { production, laptop: notation(Math.max(seconds(production) / rangeDivisor, shortest)) };
}

/** The pending time (`for`) of an alert. The laptop has a shorter time than `production`. */
export function pending(production: string): Duration {
  const { forDivisor, forMaxSeconds } = laptopDurations;
  return { production, laptop: notation(Math.min(seconds(production) / forDivisor, forMaxSeconds)) };
}

export function multiple(times: number, duration: Duration): Duration {
  const scaled = (profile: Profile) => notation(times * seconds(duration[profile]));
  return { production: scaled('production'), laptop: scaled('laptop') };
}

const wordsOf = { d: 'day', h: 'hour', m: 'minute', s: 'second' } as const;

/** A duration in words: `90m` becomes `1 hour 30 minutes`. */
export function inWords(duration: string): string {
  return [...notation(seconds(duration)).matchAll(/(\d+)([dhms])/g)]
    .map(([, count, unit]) => `${count} ${wordsOf[unit as keyof typeof wordsOf]}${count === '1' ? '' : 's'}`)
    .join(' ');
}
