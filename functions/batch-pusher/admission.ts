import type { Refusal } from '../../metrics/definitions/batch-pusher.ts';
import { problem } from '../http/problem.ts';
import { bearerCheck } from './authentication.ts';
import { RateLimit } from './rate-limit.ts';

export interface AdmissionOptions {
  readonly tokens: readonly string[];
  readonly requestsPerSecond: number;
  readonly maxInFlight: number;
  readonly now: () => number;
  readonly onRefusal: (reason: Refusal) => void;
}

/** Requests per second without a valid token. Above the limit, the answer is 429 instead of 401. */
const guessesPerSecond = 5;

/** Accepts or refuses each request before its body is read. */
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
      return this.#refuse(
        'cross_origin',
        403,
        'Forbidden',
        'a web page sent this request. A server with an API_TOKEN accepts requests only from pages of its own origin. A server without an API_TOKEN accepts no request from a page',
      );
    }
    if (!this.#authorized(headers.get('authorization'))) {
      // Wrong tokens have a separate limit. An attacker cannot use up the limit of the valid clients.
      const wait = this.#guesses.take();
      if (wait > 0)
        return this.#refuse(
          'rate_limited',
          429,
          'Too Many Requests',
          'too many requests with a wrong token',
          wait,
        );
      const detail = 'send a valid token: Authorization: Bearer …';
      return this.#refuse('unauthorized', 401, 'Unauthorized', detail);
    }
    const wait = this.#rate.take();
    if (wait > 0) {
      const detail = `the server accepts ${this.#options.requestsPerSecond} requests a second`;
      return this.#refuse('rate_limited', 429, 'Too Many Requests', detail, wait);
    }
    if (this.#inFlight >= this.#options.maxInFlight) {
      return this.#refuse(
        'overloaded',
        503,
        'Service Unavailable',
        `the server already handles ${this.#inFlight} requests, the maximum; send the request again after one second`,
        1,
      );
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
 * An attacker's web page can pass this check by DNS rebinding.
 * Therefore `#refusal` also requires that the server has tokens.
 */
function sameHost(origin: string, url: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host;
}
