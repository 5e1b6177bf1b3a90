import * as z from 'zod/mini';
import type { FetchErrorReason, MarketSide } from '../../metrics/definitions/usdt.ts';
import { BodyTooLargeError } from '../http/body-limit.ts';
import { type Fetch, type FetchResponse, readText } from '../http/fetch.ts';
import { retryAfterMs } from '../http/retry-after.ts';

export interface BinanceOptions {
  readonly fetch: Fetch;
  readonly url: string;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/** Why no page could be had, and how long the upstream asks to be left alone. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly reason: FetchErrorReason;
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: FetchErrorReason,
    message: string,
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A page of 20 offers takes 30 kB; more than this is not an answer to our question. */
const maxAnswerBytes = 512 * 1024;

/** The part of the answer that is used. The API is undocumented: whatever else it says is ignored. */
const answerSchema = z.object({
  code: z.string(),
  message: z.nullish(z.string()),
  data: z.nullish(
    z.array(
      z.object({
        adv: z.object({
          price: z.union([z.string(), z.number()]),
          asset: z.nullish(z.string()),
          fiatUnit: z.nullish(z.string()),
        }),
      }),
    ),
  ),
});

/**
 * Reads the first page of USDT/VND offers of one side of Binance P2P.
 * @returns prices in VND per USDT as the page lists them, at least one; NaN where one is no number.
 * @throws UpstreamError
 */
export async function fetchPrices(
  side: MarketSide,
  options: BinanceOptions,
  signal?: AbortSignal,
): Promise<number[]> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await options.fetch(options.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'usdt-exporter',
      },
      body: JSON.stringify({
        asset: 'USDT',
        fiat: 'VND',
        tradeType: side.toUpperCase(),
        page: 1,
        rows: 10,
        payTypes: [],
        publisherType: null,
      }),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      redirect: 'manual',
    });
    refuseStatus(response, options.now());
    return pricesOf(await readText(response, maxAnswerBytes));
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (error instanceof BodyTooLargeError)
      throw new UpstreamError('too_large', error.message, { cause: error });
    if (deadline.aborted) {
      throw new UpstreamError('timeout', `no answer within ${options.timeoutMs} ms`, { cause: error });
    }
    throw new UpstreamError('network', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function refuseStatus(response: FetchResponse, now: number): void {
  const { status } = response;
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw new UpstreamError('redirected', `answered ${status}, a redirect`);
  const wait = retryAfterMs(response.headers.get('retry-after'), now);
  // 418 is what Binance answers to those who went on after a 429.
  const reason = status === 429 || status === 418 ? 'rate_limited' : 'http_status';
  throw new UpstreamError(reason, `answered ${status}`, { retryAfterMs: wait });
}

function pricesOf(text: string): number[] {
  const answer = z.safeParse(answerSchema, parseJson(text));
  if (!answer.success) {
    const issue = answer.error.issues[0];
    throw new UpstreamError(
      'malformed',
      `not the known answer: ${issue?.message} at /${issue?.path.join('/')}`,
    );
  }
  const { code, message, data } = answer.data;
  if (code !== '000000')
    throw new UpstreamError('refused', `refused with code ${code}: ${message ?? 'no message'}`);
  const offers = data ?? [];
  if (offers.length === 0) throw new UpstreamError('no_offers', 'the page lists no offers');
  const foreign = offers.find(
    ({ adv }) => (adv.asset ?? 'USDT') !== 'USDT' || (adv.fiatUnit ?? 'VND') !== 'VND',
  );
  if (foreign) {
    throw new UpstreamError(
      'malformed',
      `offers ${foreign.adv.asset} in ${foreign.adv.fiatUnit}, not USDT in VND`,
    );
  }
  return offers.map(({ adv }) => priceOf(adv.price));
}

function priceOf(price: string | number): number {
  if (typeof price === 'number') return price;
  return /^-?\d+(\.\d+)?$/.test(price) ? Number(price) : Number.NaN;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UpstreamError('malformed', 'the answer is not JSON', { cause });
  }
}
