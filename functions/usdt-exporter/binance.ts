import * as z from 'zod/mini';
import type { DiscardReason, FetchErrorReason, MarketSide } from '../../metrics/definitions/usdt.ts';
import { fetchJson, type Upstream, UpstreamError } from '../exporter/upstream.ts';

/** Only the used fields, because the API is undocumented and other fields can change. */
const answerSchema = z.object({
  code: z.string(),
  message: z.optional(z.unknown()),
  data: z.nullish(z.array(z.unknown())),
});

/** Each offer is validated separately, because an invalid offer must not affect valid offers. */
const offerSchema = z.object({
  adv: z.object({
    price: z.union([z.string(), z.number()]),
    asset: z.nullish(z.string()),
    fiatUnit: z.nullish(z.string()),
  }),
});

/** First page of offers on one side of the market. */
export interface Page {
  /** VND per USDT, at least one price. NaN for a price that is not a number. */
  readonly prices: readonly number[];
  readonly discarded: readonly DiscardReason[];
}

/** Bytes. A page of 20 offers has about 30,000 bytes. */
export const maxAnswerBytes = 512 * 1024;

/**
 * Reads the first page of USDT/VND offers on one side of Binance P2P.
 * @throws UpstreamError
 */
export async function fetchPrices(side: MarketSide, upstream: Upstream, signal?: AbortSignal): Promise<Page> {
  const { code, message, data } = await fetchJson(upstream, answerSchema, {
    body: {
      asset: 'USDT',
      fiat: 'VND',
      tradeType: side.toUpperCase(),
      page: 1,
      rows: 10,
      payTypes: [],
      publisherType: null,
    },
    signal,
  });
  if (code !== '000000')
    throw failure('refused', `Binance P2P refused the request with code ${code}: ${textOf(message)}`);
  const offers = data ?? [];
  if (offers.length === 0) throw failure('no_offers', 'the answer of Binance P2P contains no offers');
  const prices: number[] = [];
  const discarded: DiscardReason[] = [];
  for (const offer of offers) {
    const read = readOffer(offer);
    if (typeof read === 'number') prices.push(read);
    else discarded.push(read);
  }
  if (prices.length === 0) {
    const foreign = discarded.filter((reason) => reason === 'other_market').length;
    throw failure(
      'malformed',
      `no offer has a readable price of USDT in VND: of ${offers.length} offers, ${foreign} trade another pair of currencies, and ${offers.length - foreign} have an unexpected format`,
    );
  }
  return { prices, discarded };
}

function readOffer(offer: unknown): number | DiscardReason {
  const read = z.safeParse(offerSchema, offer);
  if (!read.success) return 'unreadable';
  const { price, asset, fiatUnit } = read.data.adv;
  if ((asset ?? 'USDT') !== 'USDT' || (fiatUnit ?? 'VND') !== 'VND') return 'other_market';
  return priceOf(price);
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : 'no message';
}

function failure(reason: FetchErrorReason, message: string): UpstreamError<FetchErrorReason> {
  return new UpstreamError(reason, message);
}

function priceOf(price: string | number): number {
  if (typeof price === 'number') return price;
  return /^-?\d+(\.\d+)?$/.test(price) ? Number(price) : Number.NaN;
}
