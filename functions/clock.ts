/** A clock as a dependency. A test passes its own clock. */
export interface Clock {
  /** Returns the milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `action` once after `ms` milliseconds. The returned function cancels the timer. The timer does not keep the
   * process running.
   */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, action) {
    const timer = setTimeout(action, ms).unref();
    return () => clearTimeout(timer);
  },
};
