import * as z from 'zod/mini';
import { type ExchangeFailure, exchangeFailures } from '../../metrics/definitions/exchange.ts';
import { BodyTooLargeError } from '../http/body-limit.ts';
import { BrokenCodingError, UnsupportedCodingError } from '../http/content-coding.ts';
import { cancel, type Fetch, type FetchResponse, FetchTimeoutError, readText } from '../http/fetch.ts';
import { retryAfterMs } from './retry-after.ts';

/** @public for exporters of your own */
export { exchangeFailures };

/** Messages go to the log, and some repeat what the upstream says, which may be as long as its answer. */
const maxMessageChars = 500;

/** Why nothing could be had of an upstream, and how long it asks to be left alone. */
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
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Bytes of an answer. */
  readonly maxBytes: number;
  /** Sent as `User-Agent`: whoever runs the upstream can tell who asks. */
  readonly userAgent: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/**
 * Asks an upstream that is not trusted for JSON: within a deadline, up to a size, following no redirect, checked
 * against a schema. With a `body` it is a POST, else a GET.
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

/** Why the status of an answer makes its body of no use. */
function refusalOf({ status, headers }: FetchResponse, now: number): UpstreamError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return new UpstreamError('redirected', `answered ${status}, a redirect`);
  const wait = retryAfterMs(headers.get('retry-after'), now);
  // 418 is what Binance answers to those who went on after a 429.
  const reason = status === 429 || status === 418 ? 'rate_limited' : 'http_status';
  return new UpstreamError(reason, `answered ${status}`, { retryAfterMs: wait });
}

function parse<T>(text: string, schema: z.core.$ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UpstreamError('malformed', 'the answer is not JSON', { cause });
  }
  const answer = z.safeParse(schema, json);
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  throw new UpstreamError(
    'malformed',
    `not the known answer: ${issue?.message} at /${issue?.path.join('/')}`,
  );
}
