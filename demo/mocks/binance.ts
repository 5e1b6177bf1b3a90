import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { ownPageOnly } from '../../console/index.ts';
import { RateWalk } from './rate-walk.ts';

/** The modes `rate-limited`, `timeout`, `garbage` and `empty` are failures of the real API. */
const mockModes = [
  'ok',
  'rate-limited',
  'timeout',
  'garbage',
  'empty',
  'jump',
  'implausible',
  'thin',
] as const;
export type MockMode = (typeof mockModes)[number];

const search = z.object({
  asset: z.string(),
  fiat: z.string(),
  tradeType: z.enum(['BUY', 'SELL']),
  page: z.number().int().min(1),
  rows: z.number().int().min(1).max(20),
});

const control = z.object({ mode: z.enum(mockModes), share: z.number().gt(0).max(1).default(1) });

/** Milliseconds until an answer in the mode `timeout`. Every client has a shorter timeout. */
const hangMs = 30_000;
const factors: Partial<Readonly<Record<MockMode, number>>> = { jump: 1.2, implausible: 3 };
const offersInAll = 120;
const offersInThinMarket = 3;
const maxBodyBytes = 16 * 1024;

export function createBinanceMock(port: number, walk = new RateWalk(), peerHost?: string): Hono {
  let mode: MockMode = 'ok';
  let affected = everyNth(1);
  const app = new Hono();
  app.use(ownPageOnly(port, peerHost));
  app.use(bodyLimit({ maxSize: maxBodyBytes }));

  app.get('/healthz', (c) => c.json({ mode }));

  app.put('/control', async (c) => {
    const body = control.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      const title = `Expected {"mode": one of ${mockModes.join(', ')}, "share": more than 0, at most 1}`;
      return c.json({ title, status: 400 }, 400);
    }
    mode = body.data.mode;
    affected = everyNth(body.data.share);
    return c.json(body.data);
  });

  app.post('/bapi/c2c/v2/friendly/c2c/adv/search', async (c) => {
    const query = search.safeParse(await c.req.json().catch(() => undefined));
    const now = affected(query.data?.tradeType ?? 'BUY') ? mode : 'ok';
    if (now === 'rate-limited') return c.text('Too Many Requests', 429, { 'Retry-After': '5' });
    if (now === 'garbage') return c.html('<html><body>Access denied</body></html>');
    if (now === 'timeout')
      await delay(hangMs, undefined, { signal: c.req.raw.signal, ref: false }).catch(() => {});
    if (!query.success)
      return c.json(answer({ code: '000002', message: 'illegal parameter', data: null, total: 0 }));
    const { asset, fiat, tradeType, page, rows } = query.data;
    if (now === 'empty' || asset !== 'USDT' || fiat !== 'VND') return c.json(answer({ data: [], total: 0 }));
    const rate = walk.next() * (factors[now] ?? 1);
    const total = now === 'thin' ? offersInThinMarket : offersInAll;
    const first = (page - 1) * rows;
    const count = Math.max(0, Math.min(rows, total - first));
    const data = Array.from({ length: count }, (_, i) => offer(rate, tradeType, first + i));
    return c.json(answer({ data, total }));
  });

  return app;
}

/**
 * Selects a share of the requests. The function counts `BUY` and `SELL` requests separately.
 * A share of 0.25 selects every fourth `BUY` request and every fourth `SELL` request.
 */
function everyNth(share: number): (side: 'BUY' | 'SELL') => boolean {
  const owed = { BUY: 1, SELL: 1 };
  return (side) => {
    const isSelected = owed[side] >= 1 - 1e-9;
    owed[side] += share - (isSelected ? 1 : 0);
    return isSelected;
  };
}

function answer(fields: { code?: string; message?: string; data: unknown; total: number }) {
  const { code = '000000', message = null, data, total } = fields;
  return { code, message, messageDetail: null, data, total, success: code === '000000' };
}

/** The offer at position `index` of the list. The best price is first. */
function offer(rate: number, tradeType: 'BUY' | 'SELL', index: number) {
  const away = (index + 1) * 0.0002 * (tradeType === 'BUY' ? 1 : -1);
  const price = (rate * (1 + away)).toFixed(2);
  return {
    adv: {
      advNo: String(11_000_000_000 + index),
      price,
      surplusAmount: (250 + index * 75).toFixed(2),
      minSingleTransAmount: '500000.00',
      maxSingleTransAmount: '50000000.00',
      asset: 'USDT',
      fiatUnit: 'VND',
      tradeType,
    },
    advertiser: { nickName: `merchant-${index + 1}`, monthFinishRate: 0.98 },
  };
}
