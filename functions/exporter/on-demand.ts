import type { Clock } from '../clock.ts';
import type { Lifetime } from '../function.ts';
import type { Refresher } from './refresher.ts';

export interface OnDemandOptions {
  readonly refresher: Pick<Refresher, 'refreshIfDue'>;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly hasValue: () => boolean;
}

/** A scrape stops waiting this many milliseconds before its timeout. The exporter needs this time for the answer. */
const marginMs = 500;
/** Maximum wait of a scrape that sends no timeout. The value is below 10 s, the default timeout of Prometheus. */
const defaultPatienceMs = 5000;
/** Maximum wait of any scrape. A scrape can send a timeout of 25 days, but a timer of Node accepts at most 24 days. */
const maxPatienceMs = 60_000;

/** For hosts without background work: if a refresh is due, a scrape starts the refresh. */
export function onDemand({ refresher, lifetime, clock, hasValue }: OnDemandOptions) {
  return (scrapeTimeoutMs: number | undefined): Promise<unknown> | undefined => {
    const refreshed = refresher.refreshIfDue();
    // A `frozen` host stops all work after the answer to a scrape. Therefore every scrape on such a host waits for the
    // refresh.
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
