import { atLeast, figure, median } from '../figures.ts';
import { generator, type Load, load } from './load.ts';
import { cpuSeconds, exporters, type Server } from './servers.ts';

const rounds = 5;
const seconds = 4;

/** Measures the scrapes per second of several exporters. */
export async function scrapes(ours: Server): Promise<void> {
  const servers: Readonly<Record<string, Server>> = {
    ours,
    'node:http + prom-client': await exporters.promClient(),
    gunicorn: await exporters.gunicorn(),
    // Only wrk can measure Flask, which closes each connection. autocannon opens new connections too slowly.
    ...(generator === 'wrk' && { flask: await exporters.flask() }),
    'node:http, fixed answer': await exporters.fixedAnswer(),
  };
  const measured = new Map<string, { readonly load: Load; readonly cpuMicros: number }[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { port, pid }] of Object.entries(servers)) {
      const before = cpuSeconds(pid);
      const result = await load(`http://127.0.0.1:${port}/metrics`, { seconds: round === 0 ? 1 : seconds });
      if (result.failed > 0) throw new Error(`${name} failed to answer ${result.failed} scrapes.`);
      const cpuMicros = ((cpuSeconds(pid) - before) * 1e6) / result.requests;
      // The first round does not count, because the programs are not yet at full speed.
      if (round > 0) measured.set(name, [...(measured.get(name) ?? []), { load: result, cpuMicros }]);
    }
  }
  await Promise.all(Object.values(servers).map((server) => server !== ours && server.stop()));

  const of = (name: string) => measured.get(name) ?? [];
  const perSecond = (name: string) => median(of(name).map((run) => run.load.perSecond));
  console.log(
    `\n  scrapes a second, 16 connections, median of ${rounds} rounds of ${seconds} s, by ${generator}`,
  );
  for (const name of Object.keys(servers)) {
    const p50 = median(of(name).map((run) => run.load.p50)).toFixed(2);
    const p99 = median(of(name).map((run) => run.load.p99)).toFixed(2);
    // The CPU time of Gunicorn is unknown, because its worker is a separate process.
    const cpu = name === 'gunicorn' ? '–' : median(of(name).map((run) => run.cpuMicros)).toFixed(0);
    figure(name, `${perSecond(name).toFixed(0)}/s, p50 ${p50} ms, p99 ${p99} ms, ${cpu} µs CPU each`);
  }
  for (const [name, wanted] of Object.entries({ flask: 20, gunicorn: 8, 'node:http + prom-client': 10 })) {
    if (!servers[name]) {
      figure(`ours ÷ ${name}`, 'not measured: install wrk');
      continue;
    }
    const ratio = perSecond('ours') / perSecond(name);
    figure(`ours ÷ ${name}`, `${ratio.toFixed(1)}×`, atLeast(ratio, wanted, '×'));
  }
}
