import type { PresentSeries } from './history.ts';
import type { TestedAlert } from './rules.ts';

/** A period in which an alert fires, in Unix seconds. */
export interface Episode {
  readonly labels: Readonly<Record<string, string>>;
  readonly from: number;
  readonly to: number;
}

/** Computes when an alert fires, with `for` and `keep_firing_for` as in Prometheus. */
export class Firing {
  readonly #rule: Pick<TestedAlert, 'for' | 'keepFiringFor' | 'interval'>;
  readonly #active = new Map<string, { labels: Episode['labels']; since: number; last: number }>();
  readonly #episodes: Episode[] = [];

  constructor(rule: Pick<TestedAlert, 'for' | 'keepFiringFor' | 'interval'>) {
    this.#rule = rule;
  }

  /** Adds samples. The times of a series must increase, also from call to call. */
  add(series: readonly PresentSeries[]): void {
    for (const { labels, times } of series) {
      const key = JSON.stringify(Object.entries(labels).sort());
      for (const time of times) {
        const now = this.#active.get(key);
        if (now && time - now.last <= this.#longestGap(now)) {
          now.last = time;
        } else {
          if (now) this.#end(now);
          this.#active.set(key, { labels, since: time, last: time });
        }
      }
    }
  }

  /**
   * The periods in which the alert fired, oldest first.
   * @param end end of the history, in Unix seconds
   */
  episodes(end: number): readonly Episode[] {
    const open = [...this.#active.values()].flatMap((one) => this.#episodeOf(one) ?? []);
    return [...this.#episodes, ...open]
      .map((episode) => ({ ...episode, to: Math.min(episode.to, end) }))
      .sort((a, b) => a.from - b.from);
  }

  /** Maximum seconds between two results of the same alert. A longer gap ends the alert. */
  #longestGap({ since, last }: { readonly since: number; readonly last: number }): number {
    const { interval, keepFiringFor } = this.#rule;
    const fires = last - since >= this.#rule.for;
    return 1.5 * interval + (fires ? keepFiringFor : 0);
  }

  #end(one: { readonly labels: Episode['labels']; readonly since: number; readonly last: number }): void {
    const episode = this.#episodeOf(one);
    if (episode) this.#episodes.push(episode);
  }

  #episodeOf({
    labels,
    since,
    last,
  }: {
    readonly labels: Episode['labels'];
    readonly since: number;
    readonly last: number;
  }): Episode | undefined {
    const { interval, keepFiringFor } = this.#rule;
    const from = since + Math.ceil(this.#rule.for / interval) * interval;
    return from <= last ? { labels, from, to: last + interval + keepFiringFor } : undefined;
  }
}
