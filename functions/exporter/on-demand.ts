import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/** Milliseconds of the scrape timeout that remain for the transfer of the answer. */
const marginMs = 500;
/** Milliseconds that a scrape waits if it has no timeout header. Prometheus' default timeout is 10 s. */
const defaultPatienceMs = 5000;
/**
 * Maximum milliseconds that a scrape waits. The limit is necessary, because the timeout header can contain any number,
 * and Node's timers are limited to 24 days.
 */
const maxPatienceMs = 60_000;

/**
 * Refreshes the value when a scrape arrives, for hosts without background work. If a value exists, the scrape gets it
 * at once while the next value is fetched. The value can be old, because its age is a metric. If no value exists, the
 * scrape waits for the first value. On a host that freezes between requests, every scrape waits for a new value,
 * because a freeze would interrupt the fetch.
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
