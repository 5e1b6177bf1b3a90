import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../functions/exporter/upstream.ts';
import type { Page } from '../../../functions/usdt-exporter/binance.ts';
import { Rate } from '../../../functions/usdt-exporter/rate.ts';
import { fetchErrorReasons, type MarketSide, usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { createRegistry } from '../../../metrics/registry.ts';
import { fakeClock } from '../fake-clock.ts';

type Outcome = readonly number[] | Page | Error;

function rated(pages: Record<MarketSide, Outcome>) {
  const clock = fakeClock(1_767_225_600_000);
  const registry = createRegistry(usdtMetrics);
  const rate = new Rate({
    metrics: registry.metrics,
    clock,
    log: () => undefined,
    async fetchPrices(side) {
      const page = pages[side];
      if (page instanceof Error) throw page;
      return 'prices' in page ? page : { prices: page, discarded: [] };
    },
  });
  const refresh = () => rate.refresh(new AbortController().signal);
  const text = async () => (await registry.exposition()).text;
  return { clock, rate, refresh, text, pages };
}

const away = new UpstreamError('network', 'away');

describe('the USDT rate', () => {
  it('is absent before the first refresh', async () => {
    const text = await rated({ buy: away, sell: away }).text();
    expect(text).toContain('\nusdt_vnd_up 0\n');
    expect(text).not.toMatch(/^usdt_vnd_(rate|last_update) /m);
    expect(text.match(/^usdt_vnd_fetch_errors_total\{.*\} 0$/gm)).toHaveLength(2 * fetchErrorReasons.length);
  });

  it('is the median price of the buy side after a refresh', async () => {
    const { refresh, text } = rated({ buy: [26310, 26330, 26320], sell: [26200, 26210] });
    await refresh();
    expect(await text()).toContain('\nusdt_vnd_rate 26320\n');
    expect(await text()).toContain('\nusdt_vnd_last_update 1767225600\n');
    expect(await text()).toContain('\nusdt_vnd_up 1\n');
    expect(await text()).toContain('\nusdt_vnd_best_price{side="sell"} 26210\n');
  });

  it('does not change when the request for the buy side fails', async () => {
    const { refresh, text, pages, clock } = rated({ buy: [26320], sell: [26210] });
    await refresh();
    pages.buy = new UpstreamError('http_status', 'answered 500');
    await clock.advance(600_000);
    await expect(refresh()).rejects.toThrow('answered 500');
    expect(await text()).toContain('\nusdt_vnd_rate 26320\n');
    expect(await text()).toContain('\nusdt_vnd_last_update 1767225600\n');
    expect(await text()).toContain('\nusdt_vnd_up 0\n');
    expect(await text()).toContain('usdt_vnd_fetch_errors_total{side="buy",reason="http_status"} 1');
  });

  it('is refreshed even if the request for the sell side fails', async () => {
    const { refresh, text, rate } = rated({ buy: [26320], sell: away });
    await refresh();
    expect(await text()).toContain('\nusdt_vnd_rate 26320\n');
    expect(await text()).toContain('\nusdt_vnd_last_update 1767225600\n');
    expect(await text()).toContain('\nusdt_vnd_up 1\n');
    expect(await text()).toContain('usdt_vnd_fetch_errors_total{side="sell",reason="network"} 1');
    expect(rate.last?.quotes.sell).toBeUndefined();
  });

  it('accepts a big change only if the last rate is at least one hour old', async () => {
    const { refresh, text, pages, clock } = rated({ buy: [26320], sell: [26210] });
    await refresh();
    pages.buy = [52_000];
    await expect(refresh()).rejects.toThrow('the median 52000 is too far from the last good rate 26320');
    expect(await text()).toContain('usdt_vnd_fetch_errors_total{side="buy",reason="implausible"} 1');
    await clock.advance(3_600_000);
    await refresh();
    expect(await text()).toContain('\nusdt_vnd_rate 52000\n');
  });

  it('ignores offers whose price is not a positive number', async () => {
    const { refresh, text } = rated({ buy: [26320, -1, Number.NaN], sell: [26210] });
    await refresh();
    expect(await text()).toContain('usdt_vnd_offers{side="buy"} 1');
    expect(await text()).toContain('usdt_vnd_offers_discarded_total{side="buy",reason="not_positive"} 1');
    expect(await text()).toContain('usdt_vnd_offers_discarded_total{side="buy",reason="not_a_number"} 1');
  });

  it('does not depend on offers that the exporter discards', async () => {
    const { refresh, text } = rated({
      buy: { prices: [26320, 26330], discarded: ['unreadable', 'other_market', 'unreadable'] },
      sell: [26210],
    });
    await refresh();
    expect(await text()).toContain('\nusdt_vnd_rate 26325\n');
    expect(await text()).toContain('usdt_vnd_offers_discarded_total{side="buy",reason="unreadable"} 2');
    expect(await text()).toContain('usdt_vnd_offers_discarded_total{side="buy",reason="other_market"} 1');
    expect(await text()).toContain('usdt_vnd_offers_discarded_total{side="sell",reason="unreadable"} 0');
  });

  it('counts no error if the exporter stops during a refresh', async () => {
    const { rate, text } = rated({ buy: away, sell: away });
    await rate.refresh(AbortSignal.abort()).catch(() => undefined);
    expect(await text()).not.toMatch(/^usdt_vnd_fetch_errors_total\{.*\} 1$/m);
  });
});
