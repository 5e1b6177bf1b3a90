/** The limit prevents a burst of messages after a long pause. */
const longestPauseMs = 1000;

export class Pacing {
  #owed = 0;

  /**
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

/** Measures the rate of events within the last `windowMs` milliseconds. */
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
