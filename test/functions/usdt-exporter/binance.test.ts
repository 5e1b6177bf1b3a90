import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../functions/exporter/upstream.ts';
import { createNodeFetch } from '../../../functions/http/node-fetch.ts';
import { fetchPrices, maxAnswerBytes } from '../../../functions/usdt-exporter/binance.ts';
import type { DiscardReason } from '../../../metrics/definitions/usdt.ts';
import { deadPort, type MockAnswer, mockUpstream, offers } from '../mock-upstream.ts';

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

async function failure(answer: MockAnswer, timeoutMs?: number): Promise<UpstreamError> {
  const { url } = await mockUpstream(() => answer);
  const error = await fetchPrices('buy', client(url, timeoutMs)).catch((thrown: unknown) => thrown);
  if (!(error instanceof UpstreamError)) throw new Error(`expected an UpstreamError, got ${error}`);
  return error;
}

describe('the search of Binance P2P', () => {
  it('requests the first page of offers', async () => {
    const upstream = await mockUpstream(() => ({ body: offers(['26310.00', 26320.5]) }));
    expect(await fetchPrices('sell', client(`${upstream.url}/search`))).toEqual({
      prices: [26310, 26320.5],
      discarded: [],
    });
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

  it('returns NaN for a price that is not a decimal number', async () => {
    const { url } = await mockUpstream(() => ({ body: offers(['26310', 'abc', '', '0x10', '1e999', '-5']) }));
    const none = Number.NaN;
    const { prices } = await fetchPrices('buy', client(url));
    expect(prices).toEqual([26310, none, none, none, none, -5]);
  });

  it.each<[string, unknown, DiscardReason]>([
    ['null', null, 'unreadable'],
    ['a text', 'sold out', 'unreadable'],
    ['a list', [], 'unreadable'],
    ['an offer without adv', { advertiser: {} }, 'unreadable'],
    ['an adv of null', { adv: null }, 'unreadable'],
    ['no price', { adv: {} }, 'unreadable'],
    ['a price of null', { adv: { price: null } }, 'unreadable'],
    ['a price that is an object', { adv: { price: { amount: '1' } } }, 'unreadable'],
    ['an asset that is a number', { adv: { price: '1', asset: 5 } }, 'unreadable'],
    ['a currency that is a list', { adv: { price: '1', fiatUnit: ['VND'] } }, 'unreadable'],
    ['an offer of another asset', { adv: { price: '1', asset: 'BTC' } }, 'other_market'],
    ['an offer in another currency', { adv: { price: '1', fiatUnit: 'USD' } }, 'other_market'],
  ])('omits a bad entry of the page: %s', async (_, offer, reason) => {
    const page = JSON.parse(offers(['26310', '26320']));
    page.data.splice(1, 0, offer);
    const { url } = await mockUpstream(() => ({ body: JSON.stringify(page) }));
    expect(await fetchPrices('buy', client(url))).toEqual({ prices: [26310, 26320], discarded: [reason] });
  });

  it('accepts a page whose field `message` is not a string', async () => {
    const { url } = await mockUpstream(() => ({ body: offers(['26310'], { message: { text: 'ok' } }) }));
    expect((await fetchPrices('buy', client(url))).prices).toEqual([26310]);
  });

  it('accepts an answer that starts with a byte order mark', async () => {
    const { url } = await mockUpstream(() => ({ body: `\uFEFF${offers(['26310'])}` }));
    expect((await fetchPrices('buy', client(url))).prices).toEqual([26310]);
  });

  it.each<[string, string, (body: Buffer) => Buffer]>([
    ['gzip', 'gzip', gzipSync],
    ['gzip by its old name', 'X-GZIP', gzipSync],
    ['br', 'br', brotliCompressSync],
    ['deflate', 'deflate', deflateSync],
    ['deflate without its header', 'deflate', deflateRawSync],
    ['no coding', 'identity', (body) => body],
    ['two codings', 'gzip, br', (body) => brotliCompressSync(gzipSync(body))],
  ])('reads an answer with the encoding %s', async (_, coding, encode) => {
    const body = encode(Buffer.from(`\uFEFF${offers(['26310'])}`));
    const upstream = await mockUpstream(() => ({ headers: { 'content-encoding': coding }, body }));
    expect((await fetchPrices('buy', client(upstream.url))).prices).toEqual([26310]);
    expect(upstream.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  it.each<[string, string, Buffer, string, RegExp]>([
    [
      'a coding that it cannot decode',
      'zstd',
      Buffer.from('x'),
      'unsupported_encoding',
      /"zstd", which is not allowed: send the body with gzip/,
    ],
    ['too many codings', 'br, br, br, br', Buffer.from('x'), 'unsupported_encoding', /"br, br, br, br"/],
    ['an invalid gzip body', 'gzip', Buffer.from('{}'), 'malformed', /^the body is invalid gzip/],
    [
      'an incomplete Brotli body',
      'br',
      brotliCompressSync(offers([1])).subarray(0, 20),
      'malformed',
      /is invalid br/,
    ],
    [
      'a compression bomb',
      'gzip',
      gzipSync(Buffer.alloc(5_000_000)),
      'too_large',
      /larger than 524288 bytes/,
    ],
    [
      'a compression bomb inside a compression bomb',
      'gzip,gzip',
      gzipSync(gzipSync(Buffer.alloc(5e7))),
      'too_large',
      /larger/,
    ],
  ])('reports the reason when the answer has %s', async (_, coding, body, reason, message) => {
    const error = await failure({ headers: { 'content-encoding': coding }, body });
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(message);
  });

  it.each<[string, MockAnswer, string]>([
    ['an error', { status: 500 }, 'http_status'],
    ['a rate limit', { status: 429 }, 'rate_limited'],
    ['a ban', { status: 418 }, 'rate_limited'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'redirected'],
    ['a block page', { body: '<html>blocked</html>' }, 'malformed'],
    ['JSON of another shape', { body: '{"code":"000000","data":[{"price":1}]}' }, 'malformed'],
    ['error code 000002', { body: offers([], { code: '000002', message: 'illegal parameter' }) }, 'refused'],
    ['an empty page', { body: offers([]) }, 'no_offers'],
    ['no page', { body: '{"code":"000000","data":null}' }, 'no_offers'],
    ['another market', { body: offers([1]).replace('VND', 'USD') }, 'malformed'],
    ['a connection that breaks off', 'reset', 'network'],
    ['too much', { body: Buffer.alloc(600 * 1024) }, 'too_large'],
  ])('throws an error with the reason of the failure: %s', async (_, answer, reason) => {
    expect((await failure(answer)).reason).toBe(reason);
  });

  it('shortens a long message of Binance', async () => {
    const long = { body: offers([], { code: '000002', message: 'x'.repeat(100_000) }) };
    expect((await failure(long)).message).toMatch(
      /^Binance P2P refused the request with code 000002: x{400,475}$/,
    );
  });

  it('stops at its deadline', async () => {
    const error = await failure('hang', 30);
    expect([error.reason, error.message]).toEqual(['timeout', 'no answer within 30 ms']);
  });

  it('reports a refused connection', async () => {
    const error = await fetchPrices('buy', client(await deadPort())).catch((thrown: UpstreamError) => thrown);
    expect(error).toMatchObject({ reason: 'network' });
  });

  it('reads Retry-After as seconds or as a date', async () => {
    const withRetryAfter = (value: string) => failure({ status: 429, headers: { 'retry-after': value } });
    expect((await withRetryAfter('120')).retryAfterMs).toBe(120_000);
    expect((await withRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT')).retryAfterMs).toBe(60_000);
    expect((await withRetryAfter('soon')).retryAfterMs).toBeUndefined();
  });
});
