import { describe, expect, it } from 'vitest';
import { Admission, type AdmissionOptions } from '../../../functions/batch-pusher/admission.ts';
import { bearerCheck } from '../../../functions/batch-pusher/authentication.ts';
import { RateLimit } from '../../../functions/batch-pusher/rate-limit.ts';

const token = 'a-token-of-enough-length';

function gate(options: Partial<AdmissionOptions> = {}) {
  let time = 0;
  const refusals: string[] = [];
  const admission = new Admission({
    tokens: [],
    requestsPerSecond: 100,
    maxInFlight: 10,
    now: () => time,
    onRefusal: (reason) => refusals.push(reason),
    ...options,
  });
  const ask = (headers: Record<string, string> = {}, handle = async () => new Response('handled')) =>
    admission.admit(new Request('http://pusher:5001/etl/runs', { method: 'POST', headers }), handle);
  return { ask, refusals, pass: (ms: number) => (time += ms) };
}

describe('a bearer token', () => {
  it('is accepted if it is the current or the previous token', () => {
    const accepts = bearerCheck([token, 'the-token-before-this-one']);
    expect(accepts(`Bearer ${token}`)).toBe(true);
    expect(accepts('bearer the-token-before-this-one')).toBe(true);
  });

  it.each<[what: string, authorization: string | null]>([
    ['a request without a header', null],
    ['an empty header', ''],
    ['a header that contains only the word Bearer', 'Bearer'],
    ['a header that contains only the word Bearer and a space', 'Bearer '],
    ['a header without the word Bearer', token],
    ['a header that uses the scheme Basic', `Basic ${token}`],
    ['a header with a wrong token', `Bearer ${token}x`],
    ['a header with more text after the token', `Bearer ${token} x`],
  ])('is not accepted from %s', (_, authorization) => {
    expect(bearerCheck([token])(authorization)).toBe(false);
  });
});

describe('the rate limit of the batch-pusher', () => {
  it('allows a burst first, and the configured rate afterwards', () => {
    let time = 0;
    const limit = new RateLimit(0.5, 2, () => time);
    expect([limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 2]);
    time += 2000;
    expect([limit.take(), limit.take()]).toEqual([0, 2]);
  });

  it('does not admit more requests when the clock is set back', () => {
    let time = 100_000;
    const limit = new RateLimit(1, 1, () => time);
    time += 50_000;
    expect([limit.take(), limit.take()]).toEqual([0, 1]);
    time -= 120_000;
    expect(limit.take()).toBe(1);
  });
});

describe('a request to the batch-pusher', () => {
  it('is handled if no check refuses the request', async () => {
    const { ask, refusals } = gate();
    expect(await (await ask()).text()).toBe('handled');
    expect(refusals).toEqual([]);
  });

  it('from a page of another origin is refused', async () => {
    const { ask, refusals } = gate({ tokens: [token] });
    const from = async (origin: string) => (await ask({ origin, authorization: `Bearer ${token}` })).status;
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from('http://pusher:5001')).toBe(200);
    expect(refusals).toEqual(['cross_origin', 'cross_origin']);
  });

  it('from any web page is refused if no token is configured', async () => {
    const { ask } = gate();
    expect((await ask({ origin: 'http://pusher:5001' })).status).toBe(403);
  });

  it('above the rate limit is refused with a Retry-After header', async () => {
    const { ask, pass } = gate({ requestsPerSecond: 2 });
    await ask();
    await ask();
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    pass(500);
    expect((await ask()).status).toBe(200);
  });

  it('with a valid token is accepted after many wrong tokens', async () => {
    const { ask } = gate({ tokens: [token], requestsPerSecond: 2 });
    const guesses: number[] = [];
    for (let i = 0; i < 12; i++) guesses.push((await ask({ authorization: `Bearer guess-${i}` })).status);
    expect(guesses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(guesses.slice(10)).toEqual([429, 429]);
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('above the limit of concurrent requests is refused', async () => {
    const { ask, refusals } = gate({ maxInFlight: 1 });
    let finish = (): void => undefined;
    const first = ask({}, () => new Promise((resolve) => (finish = () => resolve(new Response('first')))));
    expect((await ask()).status).toBe(503);
    finish();
    expect(await (await first).text()).toBe('first');
    expect((await ask()).status).toBe(200);
    expect(refusals).toEqual(['overloaded']);
  });
});
