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
 * The exporter must answer a scrape before the scrape timeout. Therefore a scrape waits for a refresh only until 500 ms
 * before the scrape timeout. Example: with a scrape timeout of 10 s, the scrape waits at most 9.5 s.
 */
const marginMs = 500;
/**
 * Maximum milliseconds that a scrape waits for a refresh, if its request has no header with a timeout. Prometheus by
 * default ends a scrape after 10 s, so the value is lower.
 */
const defaultPatienceMs = 5000;
/**
 * Maximum milliseconds that a scrape waits for a refresh. If the request of the scrape contains a longer timeout, the
 * scrape waits only for this maximum. Without a maximum, a timeout of 25 days would fail: a timer of Node accepts at most
 * 24 days.
 */
const maxPatienceMs = 60_000;

/**
 * For hosts without background work: if a refresh is due, a scrape starts the refresh.
 * Without a stored value, the scrape waits for the refresh. Otherwise Prometheus gets the stored value immediately. On
 * a `frozen` host, every scrape waits, because the host stops all work after the answer.
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
