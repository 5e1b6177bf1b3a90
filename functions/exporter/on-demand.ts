import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/** Left of a scrape's timeout for the answer's way back. */
const marginMs = 500;
/** How long a scrape waits when it names no timeout; Prometheus's default is 10 s. */
const defaultPatienceMs = 5000;
/** The most that a scraper may ask for: any number can stand in its header, and Node's timers end at 24 days. */
const maxPatienceMs = 60_000;

/**
 * Refreshes when someone scrapes, for hosts where nothing runs in between. A value that is there is served at once,
 * however old, while its successor is fetched: its age is a metric. A scrape waits for the first value, and on a host
 * that freezes between requests for every one, because there the fetch would be cut in the middle.
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
