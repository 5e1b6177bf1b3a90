import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/** Milliseconds between the end of a wait and the scrape timeout, for the transfer of the answer. */
const marginMs = 500;
/** Longest wait of a scrape without a timeout header, in milliseconds. The default timeout of Prometheus is 10 s. */
const defaultPatienceMs = 5000;
/**
 * Longest wait of any scrape, in milliseconds. A timeout header can contain any number, but a timer of Node accepts at
 * most 24 days.
 */
const maxPatienceMs = 60_000;

/**
 * Refreshes the value at a scrape, for hosts without background work.
 *
 * If a value exists, the scrape gets this value immediately, and the next value is fetched in the background. The
 * metric shows the age of the value. If no value exists, the scrape waits for the first value. On a host that freezes
 * between requests, every scrape waits for a new value, because the freeze would interrupt a fetch in the background.
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
