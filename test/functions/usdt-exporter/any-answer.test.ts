import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UpstreamError } from '../../../functions/exporter/upstream.ts';
import type { Fetch } from '../../../functions/http/fetch.ts';
import { fetchPrices } from '../../../functions/usdt-exporter/binance.ts';
import { appraise } from '../../../functions/usdt-exporter/quote.ts';
import { offers } from '../mock-upstream.ts';
import { propertyRuns, propertyTimeoutMs } from '../property-runs.ts';

/** Random bodies, and bodies similar to an answer of Binance. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .array(fc.oneof(fc.string(), fc.double(), fc.constantFrom('26310.00', '-1', '0', '1e9', 'NaN')))
    .map((prices) => Buffer.from(offers(prices))),
  fc
    .record({ code: fc.constantFrom('000000', '1'), data: fc.array(fc.record({ adv: fc.anything() })) })
    .map((answer) =>
      Buffer.from(JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? '1' : value)) ?? ''),
    ),
);

it(
  'every answer of Binance gives prices or an error with a reason',
  async () => {
    const property = fc.asyncProperty(fc.integer({ min: 100, max: 599 }), body, async (status, bytes) => {
      const fetch: Fetch = async () => ({
        status,
        headers: { get: () => null },
        body: (async function* () {
          yield bytes;
        })(),
      });
      try {
        const { prices } = await fetchPrices('buy', {
          fetch,
          url: 'http://x',
          timeoutMs: 1000,
          maxBytes: 100_000,
          userAgent: 'test/1',
          now: () => 0,
        });
        const { quote } = appraise(prices, 'buy');
        if (quote) {
          expect(quote.median).toBeGreaterThan(0);
          expect(Number.isFinite(quote.spread)).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(UpstreamError);
      }
    });
    await fc.assert(property, { numRuns: propertyRuns * 10 });
  },
  propertyTimeoutMs,
);
