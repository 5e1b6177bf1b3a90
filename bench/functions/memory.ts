import { setTimeout as delay } from 'node:timers/promises';
import { atMost, figure } from './figures.ts';
import { residentMb, type Server, start } from './servers.ts';

/** Resident memory while nothing but scrapes happens, a second apart. */
export async function memory(bundles: Readonly<Record<string, string>>, upstream: string): Promise<void> {
  const flags: readonly (readonly string[])[] = [[], ['--max-semi-space-size=1']];
  console.log('\n  resident memory, started and after 60 scrapes a second apart');
  for (const nodeFlags of flags) {
    const servers: [string, Server][] = [];
    for (const [name, bundle] of Object.entries(bundles)) {
      servers.push([
        name,
        await start(process.execPath, () => [...nodeFlags, bundle], {
          env: { USDT_UPSTREAM_URL: upstream, USDT_REFRESH_SECONDS: '10' },
        }),
      ]);
    }
    const started = servers.map(([, { pid }]) => residentMb(pid));
    for (let scrape = 0; scrape < 60; scrape++) {
      for (const [, { port }] of servers) await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      await delay(1000);
    }
    for (const [i, [name, { pid, stop }]] of servers.entries()) {
      const mb = residentMb(pid);
      const value = `${started[i]?.toFixed(1)} MB, then ${mb.toFixed(1)} MB`;
      figure(`${name} ${nodeFlags.join(' ')}`, value, atMost(mb, 60, ' MB'));
      await stop();
    }
  }
}
