import { createHash } from 'node:crypto';

/** An answer that can be sent again. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'first' | 'replay'; readonly answer: Answer }
  /** An earlier request with the same key had a different content. */
  | { readonly kind: 'conflict' };

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly at: number;
}

export interface IdempotencyOptions {
  /** Returns the current time in milliseconds. */
  readonly now: () => number;
  /**
   * Milliseconds for which an answer is kept.
   * @default one hour
   */
  readonly ttlMs?: number;
  /**
   * Maximum number of kept answers. At this number, each new answer replaces the oldest answer.
   * @default 1000
   */
  readonly maxEntries?: number;
}

/**
 * Does the work for an `Idempotency-Key` only once. A repeated request gets the answer of the first request, even if
 * the first request is still in progress. After failed work, a repeated request does the work again. The answers are in
 * memory. Therefore each instance of the function knows only its own answers.
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
   * Does the work, or returns the answer to an earlier request with the same key.
   * @param request the content of the request as text. The text must be the same for two spellings of the same content.
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

  /**
   * Deletes expired answers. The oldest answers are the first entries of the map, because a map keeps the order of
   * insertion.
   */
  #forget(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const [key, { at }] of this.#entries) {
      if (at >= oldest && this.#entries.size < this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
