import * as z from 'zod/mini';
import type { FetchErrorReason, MarketSide } from '../../metrics/definitions/usdt.ts';
import { fetchJson, type Upstream, UpstreamError } from '../exporter/upstream.ts';

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

/** A page of 20 offers takes 30 kB; more than this is not an answer to our question. */
export const maxAnswerBytes = 512 * 1024;

/**
 * Reads the first page of USDT/VND offers of one side of Binance P2P.
 * @returns prices in VND per USDT as the page lists them, at least one; NaN where one is no number.
 * @throws UpstreamError
 */
export async function fetchPrices(
  side: MarketSide,
  upstream: Upstream,
  signal?: AbortSignal,
): Promise<number[]> {
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
  if (code !== '000000') throw failure('refused', `refused with code ${code}: ${message ?? 'no message'}`);
  const offers = data ?? [];
  if (offers.length === 0) throw failure('no_offers', 'the page lists no offers');
  const foreign = offers.find(
    ({ adv }) => (adv.asset ?? 'USDT') !== 'USDT' || (adv.fiatUnit ?? 'VND') !== 'VND',
  );
  if (foreign)
    throw failure('malformed', `offers ${foreign.adv.asset} in ${foreign.adv.fiatUnit}, not USDT in VND`);
  return offers.map(({ adv }) => priceOf(adv.price));
}

function failure(reason: FetchErrorReason, message: string): UpstreamError<FetchErrorReason> {
  return new UpstreamError(reason, message);
}

function priceOf(price: string | number): number {
  if (typeof price === 'number') return price;
  return /^-?\d+(\.\d+)?$/.test(price) ? Number(price) : Number.NaN;
}
