import { setTimeout as delay } from 'node:timers/promises';
import type { PortForward } from './port-forward.ts';

/** Milliseconds. A port-forward that ends earlier counts as a failed attempt. */
const usefulMs = 10_000;
const firstWaitMs = 500;
const longestWaitMs = 10_000;

/** Milliseconds before the next attempt: first 500, then doubled for each failure, at most 10,000. */
export function waitMs(failures: number): number {
  return Math.min(firstWaitMs * 2 ** Math.max(0, failures - 1), longestWaitMs);
}

export type ForwardState =
  | { readonly open: true; readonly localPort: number }
  | { readonly open: false; readonly reason: string };

export interface KeptForwardOptions {
  readonly open: (signal: AbortSignal) => Promise<PortForward>;
  readonly onChange?: (state: ForwardState) => void;
}

/** A port-forward that is opened again when it ends, for example because the pod was replaced. */
export class KeptForward {
  readonly #options: KeptForwardOptions;
  readonly #closing = new AbortController();
  #state: ForwardState = { open: false, reason: 'the first attempt to open the port-forward still runs' };
  #current: PortForward | undefined;
  readonly #finished: Promise<void>;
  /** Result of the first attempt. If this attempt fails, further attempts follow until `close` is called. */
  readonly opened: Promise<void>;

  constructor(options: KeptForwardOptions) {
    this.#options = options;
    const { promise, resolve, reject } = promiseWithResolvers();
    this.opened = promise;
    // Without this line, Node ends this process if `opened` rejects before a caller awaits `opened`.
    promise.catch(() => {});
    this.#finished = this.#keep(resolve, reject);
  }

  get state(): ForwardState {
    return this.#state;
  }

  /** Resolves after kubectl has ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#current?.stop();
    await this.#finished;
  }

  async #keep(onOpen: () => void, onFailure: (error: unknown) => void): Promise<void> {
    const { signal } = this.#closing;
    let failures = 0;
    while (!signal.aborted) {
      let openedAt: number | undefined;
      let reason: string;
      try {
        this.#current = await this.#options.open(signal);
        openedAt = Date.now();
        if (signal.aborted) void this.#current.stop();
        this.#change({ open: true, localPort: this.#current.localPort });
        onOpen();
        reason = await this.#current.ended;
      } catch (error) {
        onFailure(error);
        reason = error instanceof Error ? error.message : String(error);
      }
      if (signal.aborted) return;
      this.#change({ open: false, reason });
      failures = openedAt !== undefined && Date.now() - openedAt >= usefulMs ? 0 : failures + 1;
      await delay(waitMs(failures), undefined, { signal }).catch(() => {});
    }
  }

  #change(state: ForwardState): void {
    this.#state = state;
    this.#options.onChange?.(state);
  }
}

function promiseWithResolvers() {
  let resolve = () => {};
  let reject = (_error: unknown) => {};
  const promise = new Promise<void>((onOpen, onFailure) => {
    resolve = onOpen;
    reject = onFailure;
  });
  return { promise, resolve, reject };
}
