import { createHash } from 'node:crypto';

/** An answer as data, so that it can be given again. */
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
  /** Milliseconds that an answer is remembered. @default 1 h */
  readonly ttlMs?: number;
  /** Answers that are remembered; beyond, the oldest is forgotten. @default 1000 */
  readonly maxEntries?: number;
}

/**
 * Does the work of one `Idempotency-Key` once: whoever repeats the request, even while the first is under way, gets the
 * first one's answer. What did not succeed is forgotten, so that a repetition tries again. It remembers in memory: each
 * instance for itself, until it ends.
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

  /** @param request what the request means, as text: equal for two spellings of the same request */
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

  /** Insertion order is age. */
  #forget(): void {
    const oldest = this.#now() - this.#ttlMs;
    for (const [key, { at }] of this.#entries) {
      if (at >= oldest && this.#entries.size < this.#maxEntries) return;
      this.#entries.delete(key);
    }
  }
}
