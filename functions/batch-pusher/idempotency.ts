import { createHash } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'first' | 'replay'; readonly answer: Answer }
  /** The key was used for a request with another content. */
  | { readonly kind: 'conflict' };

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly at: number;
}

export interface IdempotencyOptions {
  /** Current time in milliseconds. */
  readonly now: () => number;
  /**
   * Milliseconds until an answer is deleted.
   * @default one hour
   */
  readonly ttlMs?: number;
  /**
   * Maximum number of stored answers. Above it, a new answer replaces the oldest answer.
   * @default 1000
   */
  readonly maxEntries?: number;
}

/**
 * Does the work for an `Idempotency-Key` only once. A repeated request gets the answer of the first request, also if
 * that request is still in progress. Failed work is done again. Answers are in memory, therefore another instance of
 * the function does not have them.
 */
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

  /**
   * Does the work, or returns the earlier answer for the key.
   * @param request the content as text, equal for different spellings of the same content
   */
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
      if (answer.status >= 300) drop();
      return { kind: 'first', answer };
    } catch (error) {
      drop();
      throw error;
    }
  }

  /** Deletes expired answers. A map keeps the order of insertion, therefore the oldest answers are first. */
  #forget(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const [key, { at }] of this.#entries) {
      if (at >= oldest && this.#entries.size < this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
