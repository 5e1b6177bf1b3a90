/**
 * Where rules run. It decides how long things may take: on the laptop targets are scraped every 5 s instead of every
 * 30 s, and a fault shall page within a minute.
 */
export type Profile = 'production' | 'laptop';

/** A time span in Prometheus notation (`90s`, `1h30m`), one for each place where rules run. */
export type Duration = Readonly<Record<Profile, string>>;

export const scrapeInterval: Duration = { production: '30s', laptop: '5s' };

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

const within = (value: number, lowest: number, highest: number) => Math.min(Math.max(value, lowest), highest);

/**
 * How far a range looks back. The laptop's is a tenth of production's, never less than 25 s: five scrapes, so that a
 * rate always holds four samples.
 */
export function lookback(production: string): Duration {
  return { production, laptop: notation(within(seconds(production) / 10, 25, 600)) };
}

/** How long a condition must hold before it pages. The laptop's is a thirtieth of production's, at most 15 s. */
export function pending(production: string): Duration {
  return { production, laptop: notation(within(seconds(production) / 30, 0, 15)) };
}
