import type { Refusal } from '../../metrics/definitions/batch-pusher.ts';
import { problem } from '../http/problem.ts';
import { bearerCheck } from './authentication.ts';
import { RateLimit } from './rate-limit.ts';

export interface AdmissionOptions {
  /** Bearer tokens that are accepted; none leaves the API open. */
  readonly tokens: readonly string[];
  readonly requestsPerSecond: number;
  /** Requests handled at a time. */
  readonly maxInFlight: number;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onRefusal: (reason: Refusal) => void;
}

/** Guesses of a token that are answered as such; further ones only hear that they are too many. */
const guessesPerSecond = 5;

/** Decides before a request's body is read whether it is handled at all. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #authorized: (authorization: string | null) => boolean;
  readonly #rate: RateLimit;
  readonly #guesses: RateLimit;
  #inFlight = 0;

  constructor(options: AdmissionOptions) {
    const { tokens, requestsPerSecond, now } = options;
    this.#options = options;
    this.#authorized = tokens.length === 0 ? () => true : bearerCheck(tokens);
    this.#rate = new RateLimit(requestsPerSecond, Math.max(1, requestsPerSecond), now);
    this.#guesses = new RateLimit(guessesPerSecond, guessesPerSecond * 2, now);
  }

  /** Handles the request if it is admitted, else says why not. */
  async admit(request: Request, handle: () => Promise<Response>): Promise<Response> {
    const refused = this.#refusal(request);
    if (refused) return refused;
    this.#inFlight += 1;
    try {
      return await handle();
    } finally {
      this.#inFlight -= 1;
    }
  }

  #refusal({ headers, url }: Request): Response | undefined {
    const origin = headers.get('origin');
    if (origin !== null && !(this.#options.tokens.length > 0 && sameHost(origin, url))) {
      return this.#refuse('cross_origin', 403, 'Forbidden', 'pages of another origin may not call this API');
    }
    if (!this.#authorized(headers.get('authorization'))) {
      // Guesses have a limit of their own, so that a guesser does not use up that of those who know.
      const wait = this.#guesses.take();
      if (wait > 0)
        return this.#refuse('rate_limited', 429, 'Too Many Requests', 'too many bad tokens', wait);
      const detail = 'send a valid token: Authorization: Bearer …';
      return this.#refuse('unauthorized', 401, 'Unauthorized', detail);
    }
    const wait = this.#rate.take();
    if (wait > 0) {
      const detail = `more than ${this.#options.requestsPerSecond} requests a second`;
      return this.#refuse('rate_limited', 429, 'Too Many Requests', detail, wait);
    }
    if (this.#inFlight >= this.#options.maxInFlight) {
      const detail = `${this.#inFlight} requests are in flight already`;
      return this.#refuse('overloaded', 503, 'Service Unavailable', detail, 1);
    }
    return undefined;
  }

  #refuse(reason: Refusal, status: number, title: string, detail: string, retryAfter?: number): Response {
    this.#options.onRefusal(reason);
    return problem(
      { status, title, detail },
      {
        ...(status === 401 && { 'www-authenticate': 'Bearer' }),
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      },
    );
  }
}

/**
 * Proves something only where a token is asked for besides: a page whose name was made to resolve to this server has the
 * server's own origin, but not its token. This server's own pages call nothing.
 */
function sameHost(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
