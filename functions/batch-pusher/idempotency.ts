import { createHash } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'first' | 'replay'; readonly answer: Answer }
  /** An earlier, different request had the same idempotency key. */
  | { readonly kind: 'conflict' };

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly at: number;
}

export interface IdempotencyOptions {
  readonly now: () => number;
  /**
   * Milliseconds until an answer is deleted.
   * @default one hour
   */
  readonly ttlMs?: number;
  /**
   * Maximum number of answers. At the maximum, a request deletes the oldest answer.
   * @default 1000
   */
  readonly maxEntries?: number;
}

/** Stores the answers to requests with an `Idempotency-Key` in memory. A restart deletes all answers. */
export class IdempotentWork {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #ttlMs: number;
  readonly #maxEntries: number;

  constructor({ now, ttlMs = 3_600_000, maxEntries = 1000 }: IdempotencyOptions) {
    this.#now = now;
    this.#ttlMs = ttlMs;
    this.#maxEntries = maxEntries;
  }

  async run(key: string, request: string, work: () => Promise<Answer>): Promise<Outcome> {
    this.#forget();
    const fingerprint = createHash('sha256').update(request, 'utf8').digest('base64');
    const known = this.#entries.get(key);
    if (known) {
      if (known.fingerprint !== fingerprint) return { kind: 'conflict' };
      return { kind: 'replay', answer: await known.answer };
    }
    const entry = { fingerprint, answer: work(), at: this.#now() };
    this.#entries.set(key, entry);
    const drop = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    try {
      const answer = await entry.answer;
      // After a failure, a repeated request does the work again.
      if (answer.status >= 300) drop();
      return { kind: 'first', answer };
    } catch (error) {
      drop();
      throw error;
    }
  }

  /** The oldest answers are first, because a map keeps the order of insertion. */
  #forget(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const [key, { at }] of this.#entries) {
      if (at >= oldest && this.#entries.size < this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
