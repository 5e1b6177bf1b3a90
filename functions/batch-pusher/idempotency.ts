import { createHash } from 'node:crypto';

/** An answer as data, which can be sent again. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'first' | 'replay'; readonly answer: Answer }
  /** The key was used for another request. */
  | { readonly kind: 'conflict' };

interface Entry {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly at: number;
}

export interface IdempotencyOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** Milliseconds for which an answer is kept. @default 1 h */
  readonly ttlMs?: number;
  /** Maximum number of kept answers; beyond it, the oldest answer is deleted. @default 1000 */
  readonly maxEntries?: number;
}

/**
 * Does the work of an `Idempotency-Key` once. A repeated request gets the answer of the first request, also while that
 * request is in progress. Failed work is forgotten, and a repetition tries again. The answers are in memory: each
 * instance has its own, until it ends.
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

  /** @param request the content of the request as text; equal for two spellings of the same request */
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

  /** The insertion order is the order of age. */
  #forget(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const [key, { at }] of this.#entries) {
      if (at >= oldest && this.#entries.size < this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
