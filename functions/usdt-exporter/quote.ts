import { implausiblePriceFactor } from '../../config/knobs.ts';
import type { DiscardReason, MarketSide } from '../../metrics/definitions/usdt.ts';

/** Prices of one side of the market, in VND per USDT. */
export interface Quote {
  readonly median: number;
  /** The best price for the user: the lowest on the side `buy`, the highest on the side `sell`. */
  readonly best: number;
  readonly spread: number;
  readonly offers: number;
}

export interface Appraisal {
  readonly quote: Quote | undefined;
  readonly discarded: readonly DiscardReason[];
}

export function appraise(prices: readonly number[], side: MarketSide): Appraisal {
  const middle = medianOf(prices.filter((price) => price > 0 && Number.isFinite(price)));
  const verdicts = prices.map((price): DiscardReason | undefined => {
    if (!Number.isFinite(price)) return 'not_a_number';
    if (price <= 0) return 'not_positive';
    return isFarFrom(middle, price) ? 'outlier' : undefined;
  });
  const plausible = prices.filter((_, i) => verdicts[i] === undefined);
  const discarded = verdicts.filter((verdict) => verdict !== undefined);
  if (plausible.length === 0) return { quote: undefined, discarded };
  const lowest = Math.min(...plausible);
  const highest = Math.max(...plausible);
  const quote = {
    median: medianOf(plausible),
    best: side === 'buy' ? lowest : highest,
    spread: highest - lowest,
    offers: plausible.length,
  };
  return { quote, discarded };
}

/** Whether a price differs so much from a reference price that one of the two must be wrong. */
export function isFarFrom(reference: number, price: number): boolean {
  return price > reference * implausiblePriceFactor || price < reference / implausiblePriceFactor;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
