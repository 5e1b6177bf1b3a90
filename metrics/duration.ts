import { scrapeIntervalSeconds } from '../config/topology.ts';

/**
 * Where rules run. It decides how long things may take: on the laptop everything happens more often, and a fault shall
 * page within a minute.
 */
export type Profile = 'production' | 'laptop';

/** A time span in Prometheus notation (`90s`, `1h30m`), one for each place where rules run. */
export type Duration = Readonly<Record<Profile, string>>;

const secondsOf: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

/** Seconds of a duration in Prometheus notation; throws on anything else, naming it. */
export function seconds(duration: string): number {
  if (!/^(\d+[dhms])+$/.test(duration)) {
    throw new Error(`Expected a duration such as 30s, 5m or 1h30m; got '${duration}'`);
  }
  return [...duration.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsOf[unit as string] as number),
    0,
  );
}

/** Prometheus notation of whole seconds, in the largest units that fit. */
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

/**
 * How far a range looks back. The laptop's is a tenth of production's, never less than five scrapes, so that a rate
 * always holds four samples.
 */
export function lookback(production: string): Duration {
  const fiveScrapes = 5 * scrapeIntervalSeconds.laptop;
  return { production, laptop: notation(Math.max(seconds(production) / 10, fiveScrapes)) };
}

/** How long a condition must hold before it pages. The laptop's is a thirtieth of production's, at most 15 s. */
export function pending(production: string): Duration {
  return { production, laptop: notation(Math.min(seconds(production) / 30, 15)) };
}

/** `times` the duration, wherever it runs. */
export function multiple(times: number, duration: Duration): Duration {
  const scaled = (profile: Profile) => notation(times * seconds(duration[profile]));
  return { production: scaled('production'), laptop: scaled('laptop') };
}
