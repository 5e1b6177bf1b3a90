import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/** Milliseconds of a scrape's timeout that are kept for the transfer of the answer. */
const marginMs = 500;
/** Milliseconds that a scrape without a timeout header waits; Prometheus's default timeout is 10 s. */
const defaultPatienceMs = 5000;
/**
 * Upper limit of the timeout header in milliseconds: the header may hold any number, and Node's timers end at 24
 * days.
 */
const maxPatienceMs = 60_000;

/**
 * Refreshes on a scrape, for hosts without background work. An existing value is served at once, regardless of its age,
 * while the next value is fetched: the age is a metric. A scrape waits for the first value. On a host that freezes
 * between requests, a scrape waits for every value, because otherwise the freeze would interrupt the fetch.
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
