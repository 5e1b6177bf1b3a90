import type { Clock } from '../clock.ts';
import { UpstreamError } from './upstream.ts';

export interface RefresherOptions {
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  readonly intervalMs: number;
  readonly clock: Clock;
  /**
   * A random number from 0 to below 1.
   * @default Math.random
   */
  readonly random?: () => number;
}

/** Longest accepted `Retry-After`, in milliseconds. A wrong header could stop the refreshes for days. */
const maxRetryAfterMs = 3_600_000;
const firstBackoffMs = 1000;

export class Refresher {
  readonly #options: RefresherOptions;
  readonly #random: () => number;
  #inFlight: Promise<boolean> | undefined;
  #abort = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #failures = 0;
  /** Unix milliseconds. Before this time, `refreshIfDue` starts no refresh. */
  #notBefore = 0;
  #attempted = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
  }

  /** Whether the first refresh has ended, with a success or with a failure. */
  get attempted(): boolean {
    return this.#attempted;
  }

  start(): void {
    this.#abort = new AbortController();
    void this.#loop();
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#abort.abort();
    await this.#inFlight;
  }

  /** @returns true if the last refresh succeeded */
  async refreshIfDue(): Promise<boolean> {
    if (!this.#inFlight && this.#options.clock.now() < this.#notBefore) return this.#failures === 0;
    return this.refresh();
  }

  /**
   * Starts a refresh, or waits for the refresh in progress. Never rejects.
   * @returns true after a success
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

  /** Returns the milliseconds until the next refresh: the backoff, or a longer `Retry-After`. */
  #delayAfter(error: unknown): number {
    const { intervalMs } = this.#options;
    const ceiling = Math.min(intervalMs, firstBackoffMs * 2 ** Math.min(this.#failures - 1, 20));
    const backoff = ceiling / 2 + (this.#random() * ceiling) / 2;
    const asked = error instanceof UpstreamError ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(backoff, Math.min(asked, maxRetryAfterMs));
  }
}
