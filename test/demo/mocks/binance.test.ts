import { describe, expect, it } from 'vitest';
import { createBinanceMock } from '../../../demo/mocks/binance.ts';
import { RateWalk } from '../../../demo/mocks/rate-walk.ts';

const path = '/bapi/c2c/v2/friendly/c2c/adv/search';
const host = '127.0.0.1:5002';
const json = { host, 'content-type': 'application/json' };
const search = (fields: object = {}) => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({
    asset: 'USDT',
    fiat: 'VND',
    tradeType: 'BUY',
    page: 1,
    rows: 10,
    payTypes: [],
    ...fields,
  }),
});
interface Answer {
  readonly data: readonly { readonly adv: { readonly price: string } }[];
}

const steady = () => createBinanceMock(5002, new RateWalk(() => 0.5));

async function prices(app = steady(), fields: object = {}): Promise<number[]> {
  const { data } = (await (await app.request(path, search(fields))).json()) as Answer;
  return data.map(({ adv }) => Number(adv.price));
}

describe('the mock of Binance', () => {
  it('lists the cheapest buy offer first', async () => {
    const answer = (await (await steady().request(path, search())).json()) as Answer;
    expect(answer).toMatchObject({ code: '000000', success: true, message: null });
    expect(answer.data).toHaveLength(10);
    expect(answer.data[0]?.adv).toMatchObject({ asset: 'USDT', fiatUnit: 'VND', price: expect.any(String) });
    const listed = await prices();
    expect(listed).toEqual([...listed].sort((a, b) => a - b));
  });

  it('lists lower prices on the sell side than on the buy side', async () => {
    expect(Math.max(...(await prices(steady(), { tradeType: 'SELL' })))).toBeLessThan(
      Math.min(...(await prices())),
    );
  });

  it('lists no offers in euros', async () => {
    expect(await prices(steady(), { fiat: 'EUR' })).toEqual([]);
  });

  it('keeps the rate near its first value', () => {
    const walk = new RateWalk();
    const rates = Array.from({ length: 2000 }, () => walk.next());
    expect(new Set(rates).size).toBeGreaterThan(1000);
    expect(Math.min(...rates)).toBeGreaterThan(25_000);
    expect(Math.max(...rates)).toBeLessThan(27_600);
  });

  it.each([
    ['rate-limited', 429],
    ['garbage', 200],
  ])('has the mode `%s`, which answers with status %i and no offers', async (mode, status) => {
    const app = steady();
    await app.request('/control', { method: 'PUT', headers: json, body: JSON.stringify({ mode }) });
    const response = await app.request(path, search());
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('"price"');
  });

  it.each([
    [1, [429, 429, 429, 429, 429]],
    [0.5, [429, 200, 429, 200, 429]],
    [0.2, [429, 200, 200, 200, 200]],
  ])('refuses the configured share of buy requests and of sell requests: %f', async (share, expected) => {
    const app = steady();
    const body = JSON.stringify({ mode: 'rate-limited', share });
    await app.request('/control', { method: 'PUT', headers: json, body });
    for (const tradeType of ['BUY', 'SELL']) {
      const statuses: number[] = [];
      for (const _ of expected) statuses.push((await app.request(path, search({ tradeType }))).status);
      expect(statuses).toEqual(expected);
    }
  });

  it.each([0, 1.1, '1'])('refuses %j as the share of faulty answers', async (share) => {
    const body = JSON.stringify({ mode: 'garbage', share });
    const response = await steady().request('/control', { method: 'PUT', headers: json, body });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('at most 1');
  });

  it('increases the rate by a fifth in the mode `jump`', async () => {
    const app = steady();
    const [before = 0] = await prices(app);
    await app.request('/control', { method: 'PUT', headers: json, body: '{"mode":"jump"}' });
    const [after = 0] = await prices(app);
    expect(after / before).toBeCloseTo(1.2, 2);
  });

  it('triples every price in the mode `implausible`', async () => {
    const app = steady();
    const [before = 0] = await prices(app);
    await app.request('/control', { method: 'PUT', headers: json, body: '{"mode":"implausible"}' });
    const [after = 0] = await prices(app);
    expect(after / before).toBeCloseTo(3, 2);
  });

  it('lists three offers in the mode `thin`', async () => {
    const app = steady();
    await app.request('/control', { method: 'PUT', headers: json, body: '{"mode":"thin"}' });
    expect(await prices(app)).toHaveLength(3);
  });

  it('refuses a mode change if the Host header names another server', async () => {
    const headers = { ...json, host: 'attacker.example:5002' };
    const response = await steady().request('/control', { method: 'PUT', headers, body: '{"mode":"jump"}' });
    expect(response.status).toBe(421);
  });

  it('refuses an unknown mode', async () => {
    const response = await steady().request('/control', {
      method: 'PUT',
      headers: json,
      body: '{"mode":"odd"}',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('rate-limited');
  });
});
