import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ports } from '../../config/topology.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { clusterSystem } from '../../verify/cluster.ts';
import { runningEngine } from '../../verify/laptop.ts';
import { sendToThanos, thanosAlerts, thanosApi } from '../../verify/thanos.ts';
import { onThanos } from '../stacks/environments.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does } = kubectlMock();

const listening: Server[] = [];
afterEach(() => {
  for (const server of listening.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** @param answers answers by path; every other path gets 404 */
async function program(answers: Readonly<Record<string, unknown>>, port = 0) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    asked.push(path);
    const body = answers[path];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body ?? {}));
  });
  listening.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const nowhere = 'http://127.0.0.1:1';
const servers = (querier: string, ruler: string, scraper: string) => ({
  querier: { url: querier },
  ruler: { url: ruler },
  scraper: { url: scraper },
});
const flags = (value: string) => ({ '/api/v1/status/flags': { data: { 'alertmanagers.url': value } } });

describe('the client of the Thanos API', () => {
  it('queries the querier, and reads targets from the scraper', async () => {
    const querier = await program({
      '/api/v1/query': { data: { resultType: 'vector', result: [] } },
      // A Go program can write an empty list as null.
      '/api/v1/rules': { data: { groups: null } },
    });
    const scraper = await program({ '/api/v1/targets': { data: { activeTargets: [] } } });
    const api = thanosApi(servers(querier.url, nowhere, scraper.url));
    expect(await api.query('up')).toEqual([]);
    expect(await api.ruleGroups()).toEqual([]);
    expect(await api.targets()).toEqual([]);
    expect({ querier: querier.asked, scraper: scraper.asked }).toEqual({
      querier: ['/api/v1/query', '/api/v1/rules'],
      scraper: ['/api/v1/targets'],
    });
  });

  it('returns each configured Alertmanager that answers', async () => {
    const alive = await program({ '/api/v2/status': {} });
    const ruler = await program(flags(`${alive.url}\n${nowhere}`));
    const api = thanosApi(servers(nowhere, ruler.url, nowhere));
    expect(await api.alertmanagers()).toEqual([alive.url]);
  });

  it('finds Alertmanagers with a query if `alertmanagers.url` is empty', async () => {
    const found = (result: readonly object[]) => ({
      '/api/v1/query': { data: { resultType: 'vector', result } },
    });
    const ruler = await program(flags(''));
    const accepting = await program(
      found([{ metric: { alertmanager: 'alertmanager:9093' }, value: [0, '1'] }]),
    );
    expect(await thanosApi(servers(accepting.url, ruler.url, nowhere)).alertmanagers()).toEqual([
      'alertmanager:9093',
    ]);
    const silent = await program(found([]));
    expect(await thanosApi(servers(silent.url, ruler.url, nowhere)).alertmanagers()).toEqual([]);
  });

  it('returns no Alertmanager if the configured URL does not answer', async () => {
    const ruler = await program(flags(nowhere));
    const accepting = await program({
      '/api/v1/query': {
        data: { resultType: 'vector', result: [{ metric: { alertmanager: 'a' }, value: [0, '1'] }] },
      },
    });
    expect(await thanosApi(servers(accepting.url, ruler.url, nowhere)).alertmanagers()).toEqual([]);
  });

  it('reports a ruler that does not answer', async () => {
    const api = thanosApi(servers(nowhere, nowhere, nowhere));
    await expect(api.alertmanagers()).rejects.toThrow(`${nowhere}/api/v1/status/flags: no answer`);
  });
});

describe('the client that reads alerts from Thanos', () => {
  it('returns an empty list if Thanos answers null', async () => {
    const querier = await program({ '/api/v1/alerts': { data: { alerts: null } } });
    const alerts = thanosAlerts(servers(querier.url, nowhere, nowhere));
    expect(await alerts.active()).toEqual([]);
  });

  it('returns the start time of the ruler process', async () => {
    const startTime = '2026-01-01T00:00:00.6Z';
    const ruler = await program({ '/api/v1/status/runtimeinfo': { data: { startTime } } });
    const alerts = thanosAlerts(servers(nowhere, ruler.url, nowhere));
    expect(await alerts.startedAt()).toBe(Date.parse(startTime));
  });
});

describe('a console that uses Thanos', () => {
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
  ] as const)('sends a request for %s to the %s', async (path, expected) => {
    const programs = { querier: await program({}), scraper: await program({}) };
    const send = sendToThanos(servers(programs.querier.url, nowhere, programs.scraper.url));
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

  it('is Thanos if the console lists thanos-query', async () => {
    expect(await runningEngine(await consoleWith('prometheus', 'thanos-query'))).toBe('thanos');
  });

  it('is Prometheus unless the console lists thanos-query', async () => {
    expect(await runningEngine(await consoleWith('prometheus'))).toBe('prometheus');
    expect(await runningEngine(1 - ports.console)).toBe('prometheus');
  });
});

it('verify reads the client certificate of Grafana for the connection to Thanos', async () => {
  const [environment] = checkEnvironments([onThanos]);
  if (!environment) throw new Error('no environment');
  does(`
    case "$*" in
      *port-forward*service/thanos-query*10902*|*port-forward*service/thanos-ruler-operated*10902*|*port-forward*service/kube-prometheus-stack-prometheus*)
        echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *secret*grafana-reader-tls*) echo '{"data":{"tls.crt":"UEVN","tls.key":"UEVN"}}';;
      *) echo "unexpected: $*" >&2; exit 1;;
    esac`);
  const system = await clusterSystem(environment);
  await system.close();
  does(`
    case "$*" in
      *port-forward*) echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *) echo 'there is no such Secret' >&2; exit 1;;
    esac`);
  await expect(clusterSystem(environment)).rejects.toThrow('there is no such Secret');
});
