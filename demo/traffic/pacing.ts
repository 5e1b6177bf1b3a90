/**
 * Milliseconds. After a longer pause, a publisher does not send all missed messages, but only the messages of this
 * time.
 */
const longestPauseMs = 1000;

/**
 * Computes the number of due messages from elapsed time and rate. If the result has a fraction of a message, the next
 * call adds this fraction to its result.
 */
export class Pacing {
  #owed = 0;

  /**
   * The number of messages to send now.
   * @param elapsedMs milliseconds since the last call
   * @param rate messages per second
   */
  due(elapsedMs: number, rate: number): number {
    this.#owed += (rate * Math.min(Math.max(elapsedMs, 0), longestPauseMs)) / 1000;
    const due = Math.floor(this.#owed);
    this.#owed -= due;
    return due;
  }
}

/** Rate of events over the last seconds. */
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

  /** Events per second. */
  rate(now: number): number {
    this.#forget(now);
    const total = this.#counts.reduce((sum, { count }) => sum + count, 0);
    return total / (this.#windowMs / 1000);
  }

  #forget(now: number): void {
    while (this.#counts[0] && this.#counts[0].at <= now - this.#windowMs) this.#counts.shift();
  }
}
