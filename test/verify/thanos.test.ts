import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ports } from '../../config/topology.ts';
import { runningEngine } from '../../verify/laptop.ts';
import { sendToThanos, thanosAlerts, thanosApi } from '../../verify/thanos.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A program that answers these paths, and 404 for every other path; it records the requested paths. */
async function program(answers: Readonly<Record<string, unknown>>, port = 0) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    asked.push(path);
    const body = answers[path];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const nowhere = 'http://127.0.0.1:1';
const flags = (value: string) => ({ '/api/v1/status/flags': { data: { 'alertmanagers.url': value } } });

describe('the client of the Thanos API', () => {
  it('sends queries to the querier, reads rules from the querier, and reads targets from the scraper', async () => {
    const querier = await program({
      '/api/v1/query': { data: { resultType: 'vector', result: [] } },
      // Go writes an empty list as null.
      '/api/v1/rules': { data: { groups: null } },
    });
    const scraper = await program({ '/api/v1/targets': { data: { activeTargets: [] } } });
    const api = thanosApi({ querier: querier.url, ruler: nowhere, scraper: scraper.url });
    expect(await api.query('up')).toEqual([]);
    expect(await api.ruleGroups()).toEqual([]);
    expect(await api.targets()).toEqual([]);
    expect({ querier: querier.asked, scraper: scraper.asked }).toEqual({
      querier: ['/api/v1/query', '/api/v1/rules'],
      scraper: ['/api/v1/targets'],
    });
  });

  it('returns each Alertmanager in the configuration of the ruler if the Alertmanager answers', async () => {
    const alive = await program({ '/api/v2/status': {} });
    const ruler = await program(flags(`${alive.url}\n${nowhere}`));
    const api = thanosApi({ querier: nowhere, ruler: ruler.url, scraper: nowhere });
    expect(await api.alertmanagers()).toEqual([alive.url]);
  });

  it('returns no Alertmanager if the configuration of the ruler contains no Alertmanager', async () => {
    const ruler = await program(flags(''));
    const api = thanosApi({ querier: nowhere, ruler: ruler.url, scraper: nowhere });
    expect(await api.alertmanagers()).toEqual([]);
  });

  it('reports the URL of a ruler that does not answer', async () => {
    const api = thanosApi({ querier: nowhere, ruler: nowhere, scraper: nowhere });
    await expect(api.alertmanagers()).rejects.toThrow(`${nowhere}/api/v1/status/flags: no answer`);
  });
});

describe('the alerts of Thanos', () => {
  it('are an empty list if Thanos answers null, because no alert is active', async () => {
    const querier = await program({ '/api/v1/alerts': { data: { alerts: null } } });
    const alerts = thanosAlerts({ querier: querier.url, ruler: nowhere, scraper: nowhere });
    expect(await alerts.active()).toEqual([]);
  });

  it('are returned by a client that also returns the start time of the ruler process', async () => {
    const startTime = '2026-01-01T00:00:00.6Z';
    const ruler = await program({ '/api/v1/status/runtimeinfo': { data: { startTime } } });
    const alerts = thanosAlerts({ querier: nowhere, ruler: ruler.url, scraper: nowhere });
    expect(await alerts.startedAt()).toBe(Date.parse(startTime));
  });
});

describe('a request of the console page to the API of Prometheus', () => {
  it.each([
    ['/api/v1/query', 'querier'],
    ['/api/v1/query_range', 'querier'],
    ['/api/v1/series', 'querier'],
    ['/api/v1/label/job/values?limit=1', 'querier'],
    ['/api/v1/rules', 'querier'],
    ['/api/v1/alerts', 'querier'],
    ['/api/v1/targets?state=active', 'scraper'],
    ['/api/v1/metadata?metric=up', 'scraper'],
    ['/api/v1/status/tsdb', 'scraper'],
    ['/api/v1/status/runtimeinfo', 'scraper'],
    ['/api/v1/format_query', 'scraper'],
    ['/api/v1/parse_query', 'scraper'],
  ] as const)('for %s is sent to the %s', async (path, expected) => {
    const programs = { querier: await program({}), scraper: await program({}) };
    const send = sendToThanos({
      querier: programs.querier.url,
      ruler: nowhere,
      scraper: programs.scraper.url,
    });
    await send(path, { method: 'GET', signal: AbortSignal.timeout(5000) });
    const other = expected === 'querier' ? 'scraper' : 'querier';
    expect(programs[expected].asked).toEqual([path.replace(/\?.*$/, '')]);
    expect(programs[other].asked).toEqual([]);
  });
});

describe('the engine of a running pipeline', () => {
  const consoleWith = async (...names: readonly string[]) => {
    const { url } = await program({ '/api/status': { components: names.map((name) => ({ name })) } });
    return Number(new URL(url).port) - ports.console;
  };

  it('is Thanos if the console lists a querier', async () => {
    expect(await runningEngine(await consoleWith('prometheus', 'thanos-query'))).toBe('thanos');
  });

  it('is Prometheus if the console lists no querier, or if no console answers', async () => {
    expect(await runningEngine(await consoleWith('prometheus'))).toBe('prometheus');
    expect(await runningEngine(1 - ports.console)).toBe('prometheus');
  });
});
