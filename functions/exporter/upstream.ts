import * as z from 'zod/mini';
import { type ExchangeFailure, exchangeFailures } from '../../metrics/definitions/exchange.ts';
import { BodyTooLargeError } from '../http/body-limit.ts';
import { BrokenCodingError, UnsupportedCodingError } from '../http/content-coding.ts';
import { cancel, type Fetch, type FetchResponse, FetchTimeoutError, readText } from '../http/fetch.ts';
import { retryAfterMs } from './retry-after.ts';

/**
 * The reasons why a request to an upstream fails, for authors of new exporters.
 * @public
 */
export { exchangeFailures };

/** Maximum characters of a message. A message can contain a long text of the upstream. */
const maxMessageChars = 500;

/** A failed call to an upstream. `retryAfterMs` comes from the header `Retry-After`. */
export class UpstreamError<Reason extends string = string> extends Error {
  override readonly name = 'UpstreamError';
  readonly reason: Reason;
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: Reason,
    message: string,
    options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message.slice(0, maxMessageChars), { cause: options.cause });
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface Upstream {
  readonly fetch: Fetch;
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Value of the header `User-Agent`. The header names this program to the operator of the upstream. */
  readonly userAgent: string;
  readonly now: () => number;
}

/**
 * Requests JSON from an untrusted upstream, without redirects.
 * @throws UpstreamError<ExchangeFailure>
 */
export async function fetchJson<T>(
  upstream: Upstream,
  schema: z.core.$ZodType<T>,
  { body, signal }: { readonly body?: object; readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const { fetch, url, timeoutMs, maxBytes, userAgent, now } = upstream;
  const headers = { accept: 'application/json', 'user-agent': userAgent };
  try {
    const response = await fetch(url, {
      ...(body
        ? {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }
        : { method: 'GET', headers }),
      timeoutMs,
      signal,
      redirect: 'manual',
    });
    const refusal = refusalOf(response, now());
    if (refusal) {
      cancel(response);
      throw refusal;
    }
    return parse(await readText(response, maxBytes), schema);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new UpstreamError(reasonOf(error), message, { cause: error });
  }
}

function reasonOf(error: unknown): ExchangeFailure {
  if (error instanceof BodyTooLargeError) return 'too_large';
  if (error instanceof FetchTimeoutError) return 'timeout';
  if (error instanceof UnsupportedCodingError) return 'unsupported_encoding';
  if (error instanceof BrokenCodingError) return 'malformed';
  return 'network';
}

function refusalOf({ status, headers }: FetchResponse, now: number): UpstreamError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return new UpstreamError('redirected', `answered ${status}, a redirect`);
  const wait = retryAfterMs(headers.get('retry-after'), now);
  // Binance answers 418 to a client that ignored 429.
  const reason = status === 429 || status === 418 ? 'rate_limited' : 'http_status';
  return new UpstreamError(reason, `answered ${status}`, { retryAfterMs: wait });
}

function parse<T>(text: string, schema: z.core.$ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UpstreamError('malformed', 'the answer of the upstream is not JSON', { cause });
  }
  const answer = z.safeParse(schema, json);
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  throw new UpstreamError('malformed', `unexpected answer: ${issue?.message} at /${issue?.path.join('/')}`);
}
