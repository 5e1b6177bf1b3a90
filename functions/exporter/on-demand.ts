import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/**
 * A scrape stops its wait this many milliseconds before the scrape timeout. The transfer of the answer needs this time.
 */
const marginMs = 500;
/** Milliseconds that a scrape waits if it has no timeout header. Prometheus' default timeout is 10 s. */
const defaultPatienceMs = 5000;
/**
 * Maximum milliseconds that a scrape waits. The timeout header can contain any number, but a timer of Node cannot be
 * longer than 24 days.
 */
const maxPatienceMs = 60_000;

/**
 * Refreshes the value when a scrape arrives, for hosts without background work. If a value exists, the scrape gets this
 * value immediately while the next value is fetched. An old value is no problem, because a metric shows its age. If no
 * value exists, the scrape waits for the first value. On a host that freezes between requests, every scrape waits for a
 * new value, because a freeze would interrupt the fetch.
 */
export function onDemand({ refresher, lifetime, clock, hasValue }: OnDemandOptions) {
  return (scrapeTimeoutMs: number | undefined): Promise<unknown> | undefined => {
    const refreshed = refresher.refreshIfDue();
    if (hasValue() && lifetime !== 'frozen') return undefined;
    const named = scrapeTimeoutMs ? Math.max(0, scrapeTimeoutMs - marginMs) : defaultPatienceMs;
    const patience = Math.min(named, maxPatienceMs);
    return new Promise((resolve) => {
      const cancel = clock.after(patience, () => resolve(false));
      void refreshed.then((fresh) => {
        cancel();
        resolve(fresh);
      });
    });
  };
}
