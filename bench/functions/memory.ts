import { setTimeout as delay } from 'node:timers/promises';
import { atMost, figure } from '../figures.ts';
import { residentMb, start } from './servers.ts';

/** Measures the memory of each function after the start, and after a minute with one scrape per second. */
export async function memory(bundles: Readonly<Record<string, string>>, upstream: string): Promise<void> {
  console.log('\n  resident memory after the start, and after 60 scrapes with one scrape per second');
  const env = { USDT_UPSTREAM_URL: upstream, USDT_REFRESH_SECONDS: '10' };
  const servers = await Promise.all(
    Object.entries(bundles).map(async ([name, bundle]) => {
      const server = await start(process.execPath, () => [bundle], { env });
      return { name, ...server, started: residentMb(server.pid) };
    }),
  );
  for (let scrape = 0; scrape < 60; scrape++) {
    for (const { port } of servers) await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    await delay(1000);
  }
  for (const { name, pid, started, stop } of servers) {
    const mb = residentMb(pid);
    figure(name, `${started.toFixed(1)} MB, then ${mb.toFixed(1)} MB`, atMost(mb, 70, ' MB'));
    await stop();
  }
}
