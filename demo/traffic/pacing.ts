/** The longest pause in milliseconds that a publisher makes up for; after a longer outage it does not catch up. */
const longestPauseMs = 1000;

/** Messages that are due, from the time that has passed and the rate. Fractions of a message are kept. */
export class Pacing {
  #owed = 0;

  /**
   * @param elapsedMs since the last call
   * @param rate messages a second
   */
  due(elapsedMs: number, rate: number): number {
    this.#owed += (rate * Math.min(Math.max(elapsedMs, 0), longestPauseMs)) / 1000;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    return due;
  }
}

/** Counts events and returns their rate over the last seconds. */
export class Meter {
  readonly #windowMs: number;
  readonly #counts: { readonly at: number; readonly count: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(count: number, now: number): void {
    if (count > 0) this.#counts.push({ at: now, count });
    this.#forget(now);
  }

  /** Events a second. */
  rate(now: number): number {
    this.#forget(now);
    const total = this.#counts.reduce((sum, { count }) => sum + count, 0);
    return total / (this.#windowMs / 1000);
  }

  #forget(now: number): void {
    while (this.#counts[0] && this.#counts[0].at <= now - this.#windowMs) this.#counts.shift();
  }
}
