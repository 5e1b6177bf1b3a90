import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { request } from 'undici';
import { describe, expect, inject, it } from 'vitest';
import { clusters } from '../../config/topology.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { jobs } from '../../sources/index.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { startPipeline, statusAt, until } from './processes.ts';

const laptop = inject('laptop');
const prometheus = prometheusApi(`http://127.0.0.1:${laptop.ports.prometheus}`);
/** These components run in the process of the console, and have no memory of their own. */
const hostedByConsole: readonly string[] = ['binance-mock', 'shop', 'edge-shop'];
const status = () => statusAt(laptop.ports.console);

async function component(name: string) {
  const found = (await status()).components.find((c) => c.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
}

async function killAndAwait(name: string): Promise<{ downMs: number }> {
  const before = await component(name);
  const killed = Date.now();
  process.kill(before.pid as number, 'SIGKILL');
  await until(
    () => `${name} has no new process`,
    async () => {
      const now = await component(name);
      return now.state === 'running' && now.pid !== before.pid && now.restarts > before.restarts;
    },
    20_000,
  );
  return { downMs: Date.now() - killed };
}

describe('the laptop pipeline', () => {
  it('passes verify within 20 s after the pipeline is ready', () => {
    const { findings, seconds } = laptop.firstLook;
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([]);
    expect(findings.map((f) => f.check)).toEqual(
      expect.arrayContaining(documentedQueries.map((q) => q.expr)),
    );
    expect(seconds).toBeLessThan(20);
  });

  it('prints the address of every component', async () => {
    for (const { name, url } of (await status()).components) {
      if (url !== undefined) expect(laptop.readyReport).toContain(name);
      if (url !== undefined) expect(laptop.readyReport).toContain(url);
    }
    expect(laptop.readyReport).toMatch(/^Ready in \d+\.\d s, \d+ MB of memory\. Ctrl-C stops everything\.$/m);
  });

  it('reports the state of every component', async () => {
    const { ready, components } = await status();
    expect(ready).toBe(true);
    expect(components.map((c) => c.name)).toEqual(
      expect.arrayContaining([
        'prometheus',
        'prometheus-agent',
        'nats',
        'edge-nats',
        'pushgateway',
        'console',
      ]),
    );
    for (const { name, state, pid, url, rssBytes, restarts } of components) {
      expect({ name, state, restarts }).toEqual({ name, state: 'running', restarts: expect.any(Number) });
      expect(pid).toBeGreaterThan(0);
      if (url !== undefined) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
      if (!hostedByConsole.includes(name)) expect(rssBytes).toBeGreaterThan(1e6);
    }
  });

  it('serves a web page at the address of Alertmanager', async () => {
    const { url = '' } = await component('alertmanager');
    const { statusCode, headers, body } = await request(url);
    await body.dump();
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 200,
      type: 'text/html; charset=utf-8',
    });
  });

  it('uses less than 550 MB of memory after its start', () => {
    const { residentBytes } = laptop.firstLook;
    expect(residentBytes).toBeGreaterThan(100e6);
    expect(residentBytes).toBeLessThan(550e6);
  });

  it('adds the same labels as production to the series of both clusters', async () => {
    for (const [labels, job] of [
      [clusters.primary, jobs.natsExporter],
      [clusters.edge, jobs.edgeNatsExporter],
    ] as const) {
      const [series] = await prometheus.query(`nats_varz_connections{cluster="${labels.cluster}"}`);
      expect(series?.metric).toMatchObject({ ...labels, job });
    }
  });

  it('receives the series of the second cluster only by remote write', async () => {
    const targets = await prometheus.targets();
    expect(targets.length).toBeGreaterThan(5);
    const { edgeNatsExporter, prometheusAgent } = laptop.ports;
    for (const { scrapeUrl, labels } of targets) {
      expect(labels.cluster).not.toBe(clusters.edge.cluster);
      expect(scrapeUrl).not.toMatch(new RegExp(`:(${edgeNatsExporter}|${prometheusAgent})/`));
    }
  });

  it.runIf(process.platform === 'linux')('listens only on loopback addresses', async () => {
    const { components } = await status();
    const pids = [...new Set(components.map((c) => c.pid as number))];
    const addresses = pids.flatMap((pid) => listeningAddresses(pid));
    expect(addresses.length).toBeGreaterThan(12);
    expect(addresses.filter((address) => address !== '0100007F')).toEqual([]);
  });

  it('serves the data of every documented query at /api/queries', async () => {
    const response = await request(`http://127.0.0.1:${laptop.ports.console}/api/queries`, {
      signal: AbortSignal.timeout(10_000),
    });
    const shown = (await response.body.json()) as { expr: string; series: unknown[] }[];
    expect(shown.map(({ expr }) => expr)).toEqual(documentedQueries.map(({ expr }) => expr));
    expect(shown.filter(({ series }) => series.length === 0)).toEqual([]);
  });

  it('refuses a second start', async () => {
    const second = startPipeline(['--port-offset', String(laptop.portOffset)]);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already runs (pid ${laptop.supervisorPid})`);
    expect((await status()).ready).toBe(true);
  });

  it('restarts a killed component and counts the restart', async () => {
    const { restarts } = await component('usdt-exporter');
    await killAndAwait('usdt-exporter');
    expect((await component('usdt-exporter')).restarts).toBe(restarts + 1);
  });

  it('loses no sample of the second cluster if Prometheus is killed', async () => {
    const started = Date.now();
    const { downMs } = await killAndAwait('prometheus');
    // The range starts 20 s before the kill.
    const window = () => Math.ceil((Date.now() - started) / 1000) + 20;
    const selector = `up{job="${jobs.edgeNatsExporter}"}`;
    const times = await until(
      () => 'no sample from after the restart has arrived',
      async () => {
        const [series] = await prometheus.query(`${selector}[${window()}s]`);
        const seen = series?.values?.map(([time]) => time) ?? [];
        return (seen.at(-1) ?? 0) * 1000 > started + downMs + 6000 && seen;
      },
      40_000,
    );
    const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
    console.log(
      `central Prometheus down for ${downMs} ms; gaps between samples: ${gaps.map((g) => g.toFixed(1)).join(' ')}`,
    );
    expect(gaps.length).toBeGreaterThanOrEqual(4);
    for (const gap of gaps) expect(gap).toBeCloseTo(5, 0);
  });
});

/** Listening addresses of a process, in the notation of proc(5). */
function listeningAddresses(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const link = readlink(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [];
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((row) => row[3] === '0A' && inodes.has(row[9] ?? ''))
      .map((row) => row[1]?.split(':')[0] ?? ''),
  );
}

function readlink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
