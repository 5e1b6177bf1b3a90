import { describe, expect, it } from 'vitest';
import { appraise, isFarFrom } from '../../../functions/usdt-exporter/quote.ts';

describe('a page of prices', () => {
  it('gives a quote with the median, the best price for the taker, and the spread', () => {
    expect(appraise([26330, 26310, 26320], 'buy').quote).toEqual({
      median: 26320,
      best: 26310,
      spread: 20,
      offers: 3,
    });
    expect(appraise([26330, 26310], 'sell').quote).toEqual({
      median: 26320,
      best: 26330,
      spread: 20,
      offers: 2,
    });
  });

  it('gives a quote that ignores implausible prices', () => {
    const { quote, discarded } = appraise([26310, Number.NaN, 0, -5, 26330, 99_999, 1, 26320], 'buy');
    expect(quote).toEqual({ median: 26320, best: 26310, spread: 20, offers: 3 });
    expect(discarded).toEqual(['not_a_number', 'not_positive', 'not_positive', 'outlier', 'outlier']);
  });

  it('without a plausible price gives no quote', () => {
    expect(appraise([0, Number.POSITIVE_INFINITY], 'buy').quote).toBeUndefined();
    expect(appraise([], 'sell').quote).toBeUndefined();
  });
});

it('a price above 150 % or below 66 % of the reference price is implausible', () => {
  expect(isFarFrom(26_000, 39_001)).toBe(true);
  expect(isFarFrom(26_000, 17_000)).toBe(true);
  expect(isFarFrom(26_000, 31_200)).toBe(false);
});
