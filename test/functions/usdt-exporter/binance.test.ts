import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../functions/exporter/upstream.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { fetchPrices, maxAnswerBytes } from '../../../functions/usdt-exporter/binance.ts';
import { deadPort, offers, type StandInAnswer, standIn } from '../stand-in.ts';

const now = Date.UTC(2026, 0, 1);

function client(url: string, timeoutMs = 2000) {
  return {
    fetch: createNodeFetch(),
    url,
    timeoutMs,
    maxBytes: maxAnswerBytes,
    userAgent: 'test/1',
    now: () => now,
  };
}

async function failure(answer: StandInAnswer, timeoutMs?: number): Promise<UpstreamError> {
  const { url } = await standIn(() => answer);
  const error = await fetchPrices('buy', client(url, timeoutMs)).catch((thrown: unknown) => thrown);
  if (!(error instanceof UpstreamError)) throw new Error(`no UpstreamError but ${error}`);
  return error;
}

describe('the search of Binance P2P', () => {
  it('asks for the first page of a side, and reads its prices', async () => {
    const upstream = await standIn(() => ({ body: offers(['26310.00', 26320.5]) }));
    expect(await fetchPrices('sell', client(`${upstream.url}/search`))).toEqual([26310, 26320.5]);
    const [request] = upstream.seen;
    expect(request).toMatchObject({ method: 'POST', url: '/search' });
    expect(request?.headers['user-agent']).toBe('test/1');
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({
      asset: 'USDT',
      fiat: 'VND',
      tradeType: 'SELL',
      page: 1,
      rows: 10,
      payTypes: [],
      publisherType: null,
    });
  });

  it('reads a price that is no decimal number as none', async () => {
    const { url } = await standIn(() => ({ body: offers(['26310', 'abc', '', '0x10', '1e999', '-5']) }));
    const none = Number.NaN;
    expect(await fetchPrices('buy', client(url))).toEqual([26310, none, none, none, none, -5]);
  });

  it.each<[string, StandInAnswer, string]>([
    ['an error', { status: 500 }, 'http_status'],
    ['a rate limit', { status: 429 }, 'rate_limited'],
    ['a ban', { status: 418 }, 'rate_limited'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'redirected'],
    ['a block page', { body: '<html>blocked</html>' }, 'malformed'],
    ['JSON of another shape', { body: '{"code":"000000","data":[{"price":1}]}' }, 'malformed'],
    ['another code', { body: offers([], { code: '000002', message: 'illegal parameter' }) }, 'refused'],
    ['an empty page', { body: offers([]) }, 'no_offers'],
    ['no page', { body: '{"code":"000000","data":null}' }, 'no_offers'],
    ['another market', { body: offers([1]).replace('VND', 'USD') }, 'malformed'],
    ['a connection that breaks off', 'reset', 'network'],
    ['too much', { body: Buffer.alloc(600 * 1024) }, 'too_large'],
  ])('tells %s from other failures', async (_, answer, reason) => {
    expect((await failure(answer)).reason).toBe(reason);
  });

  it('repeats no more of what the upstream says than fits a line of a log', async () => {
    const long = { body: offers([], { code: '000002', message: 'x'.repeat(100_000) }) };
    expect((await failure(long)).message).toMatch(/^refused with code 000002: x{400,475}$/);
  });

  it('gives up at its deadline', async () => {
    const error = await failure('hang', 30);
    expect([error.reason, error.message]).toEqual(['timeout', 'no answer within 30 ms']);
  });

  it('tells that nobody is there', async () => {
    const error = await fetchPrices('buy', client(await deadPort())).catch((thrown: UpstreamError) => thrown);
    expect(error).toMatchObject({ reason: 'network' });
  });

  it('passes on how long to stay away, in seconds or as a date', async () => {
    const told = (value: string) => failure({ status: 429, headers: { 'retry-after': value } });
    expect((await told('120')).retryAfterMs).toBe(120_000);
    expect((await told('Thu, 01 Jan 2026 00:01:00 GMT')).retryAfterMs).toBe(60_000);
    expect((await told('soon')).retryAfterMs).toBeUndefined();
  });
});
