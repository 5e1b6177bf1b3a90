import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../functions/build.ts';
import { machine } from '../figures.ts';
import { coldStarts } from './cold-start.ts';
import { memory } from './memory.ts';
import { pushes } from './pushes.ts';
import { scrapes } from './scrapes.ts';
import { answers, start } from './servers.ts';

/** Compares the functions of the project with alternatives, such as an exporter with prom-client. */
export async function bench(): Promise<void> {
  console.log(`  ${machine()}`);
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  const upstream = createServer((_, response) => response.end(page));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  try {
    await buildFunctions({ outdir });
    const bundles = {
      'usdt-exporter': join(outdir, 'usdt-exporter/server.cjs'),
      'batch-pusher': join(outdir, 'batch-pusher/server.cjs'),
    };
    const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/`;
    await coldStarts(bundles);
    const ours = await start(process.execPath, () => [bundles['usdt-exporter']], {
      env: { USDT_UPSTREAM_URL: upstreamUrl },
    });
    await answers(`http://127.0.0.1:${ours.port}/readyz`);
    await scrapes(ours);
    await ours.stop();
    await pushes(bundles['batch-pusher']);
    await memory(bundles, upstreamUrl);
  } finally {
    upstream.close();
    rmSync(outdir, { recursive: true });
  }
}

/** One page of offers, as Binance P2P returns it. */
const page = JSON.stringify({
  code: '000000',
  data: [26310, 26320, 26330].map((price) => ({
    adv: { price: price.toFixed(2), asset: 'USDT', fiatUnit: 'VND' },
  })),
});
