import type { Clock } from '../clock.ts';
import { UpstreamError } from './upstream.ts';

export interface RefresherOptions {
  /**
   * Does one refresh.
   * @throws the error of the failed refresh
   */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  readonly intervalMs: number;
  readonly clock: Clock;
  /**
   * Returns a random number from 0 to 1.
   * @default Math.random
   */
  readonly random?: () => number;
}

/**
 * Maximum `Retry-After` that the refresher follows, in milliseconds. A wrong header of the upstream must not stop the
 * refreshes for a day.
 */
const maxRetryAfterMs = 3_600_000;
const firstBackoffMs = 1000;

/**
 * Refreshes a value in the background or on demand. Concurrent calls share one refresh. After a failure, the backoff
 * sets the earliest time of the next refresh. Each request compares this time with the clock, because timers do not run
 * on a host that freezes between requests. A retry library is not suitable, because it waits within one call.
 */
export class Refresher {
  readonly #options: RefresherOptions;
  readonly #random: () => number;
  #inFlight: Promise<boolean> | undefined;
  #abort = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #failures = 0;
  /** Unix time in milliseconds of the earliest next request to the upstream. */
  #notBefore = 0;
  #attempted = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
  }

  /** Whether the first refresh has ended, with success or failure. */
  get attempted(): boolean {
    return this.#attempted;
  }

  /** Refreshes immediately, and then regularly until `stop`. */
  start(): void {
    this.#abort = new AbortController();
    void this.#loop();
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#abort.abort();
    await this.#inFlight;
  }

  /**
   * Refreshes if a refresh is due. After a success, a refresh is due after one interval. After a failure, it is due
   * after the backoff.
   * @returns whether the value is fresh
   */
  async refreshIfDue(): Promise<boolean> {
    if (!this.#inFlight && this.#options.clock.now() < this.#notBefore) return this.#failures === 0;
    return this.refresh();
  }

  /**
   * Refreshes immediately, or waits for the refresh in progress.
   * @returns whether the refresh succeeded; never rejects
   */
  refresh(): Promise<boolean> {
    this.#inFlight ??= this.#refreshOnce().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#abort;
    await this.refreshIfDue();
    if (signal.aborted) return;
    const { clock } = this.#options;
    this.#cancelTimer = clock.after(Math.max(0, this.#notBefore - clock.now()), () => void this.#loop());
  }

  async #refreshOnce(): Promise<boolean> {
    const { refresh, intervalMs, clock } = this.#options;
    const startedAt = clock.now();
    try {
      await refresh(this.#abort.signal);
      this.#failures = 0;
      this.#notBefore = startedAt + intervalMs;
      return true;
    } catch (error) {
      this.#failures += 1;
      this.#notBefore = clock.now() + this.#delayAfter(error);
      return false;
    } finally {
      this.#attempted = true;
    }
  }

  /**
   * Milliseconds until the next attempt. The backoff starts at one second and doubles with each failure. It is at most
   * the interval, and half of it is random. A `Retry-After` header can extend the backoff.
   */
  #delayAfter(error: unknown): number {
    const { intervalMs } = this.#options;
    const ceiling = Math.min(intervalMs, firstBackoffMs * 2 ** Math.min(this.#failures - 1, 20));
    const backoff = ceiling / 2 + (this.#random() * ceiling) / 2;
    const asked = error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(backoff, Math.min(asked, maxRetryAfterMs));
  }
}
