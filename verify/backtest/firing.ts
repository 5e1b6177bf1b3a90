import type { PresentSeries } from './history.ts';
import type { TestedAlert } from './rules.ts';

/** A time for which an alert fires for a set of labels: Unix times in seconds. */
export interface Episode {
  readonly labels: Readonly<Record<string, string>>;
  readonly from: number;
  readonly to: number;
}

/**
 * Follows an alert through consecutive evaluations, as Prometheus does. The alert is pending when the expression first
 * returns a series, fires when the series has existed for the time `for`, and ends at the first evaluation without the
 * series, or `keep_firing_for` later.
 */
export class Firing {
  readonly #rule: Pick<TestedAlert, 'for' | 'keepFiringFor' | 'interval'>;
  readonly #active = new Map<string, { labels: Episode['labels']; since: number; last: number }>();
  readonly #episodes: Episode[] = [];

  constructor(rule: Pick<TestedAlert, 'for' | 'keepFiringFor' | 'interval'>) {
    this.#rule = rule;
  }

  /** Takes the series of later evaluations. The times of each series increase. */
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

  /** The times at which the alert fired, in order. @param end time after the last evaluation */
  episodes(end: number): readonly Episode[] {
    const open = [...this.#active.values()].flatMap((one) => this.#episodeOf(one) ?? []);
    return [...this.#episodes, ...open]
      .map((episode) => ({ ...episode, to: Math.min(episode.to, end) }))
      .sort((a, b) => a.from - b.from);
  }

  /**
   * Longest time in seconds between two results of an alert that has not ended. One evaluation without a result ends a
   * pending alert. A firing alert continues for `keep_firing_for`.
   */
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
