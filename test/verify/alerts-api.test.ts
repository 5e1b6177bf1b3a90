import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { alertsApi } from '../../verify/alerts-api.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function apiThatAnswers(data: unknown) {
  const urls: URL[] = [];
  const listening = createServer((request, response) => {
    urls.push(new URL(request.url ?? '', 'http://prometheus'));
    response.end(JSON.stringify({ status: 'success', data }));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { api: alertsApi(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`), urls };
}

describe('the client of the Prometheus API', () => {
  it('returns alerts with times in milliseconds', async () => {
    const alert = {
      labels: { alertname: 'Down' },
      annotations: { summary: 'It is down.' },
      state: 'firing',
      activeAt: '2026-01-01T00:00:00.118217045Z',
      keepFiringSince: '2026-01-01T00:01:00Z',
      value: '0e+00',
    };
    const { api } = await apiThatAnswers({ alerts: [alert] });
    expect(await api.active()).toEqual([
      {
        ...alert,
        activeAt: Date.UTC(2026, 0, 1, 0, 0, 0, 118),
        keepFiringSince: Date.UTC(2026, 0, 1, 0, 1),
      },
    ]);
  });

  it('requests alerting rules with the parameter exclude_alerts=true', async () => {
    const rule = {
      name: 'Down',
      query: 'up == 0',
      duration: 4,
      health: 'ok',
      type: 'alerting',
      state: 'inactive',
    };
    const { api, urls } = await apiThatAnswers({ groups: [{ name: 'targets', interval: 5, rules: [rule] }] });
    expect(await api.rules()).toMatchObject([{ rules: [{ keepFiringFor: 0, labels: {}, annotations: {} }] }]);
    expect(urls[0]?.search).toBe('?type=alert&exclude_alerts=true');
  });

  it('sends the times of a query in Unix seconds', async () => {
    const result = [{ metric: { instance: 'a' }, values: [[1, '1']] }];
    const { api, urls } = await apiThatAnswers({ resultType: 'matrix', result });
    expect(await api.range('up', { from: 1.5, to: 3, step: 1 })).toEqual(result);
    expect(await api.samples('up[1m]', 60)).toEqual(result);
    expect(urls.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)])).toEqual([
      ['/api/v1/query_range', { query: 'up', start: '1.5', end: '3', step: '1' }],
      ['/api/v1/query', { query: 'up[1m]', time: '60' }],
    ]);
  });

  it('returns the start time of the Prometheus process', async () => {
    const { api } = await apiThatAnswers({ startTime: '2026-01-01T00:00:00.6Z' });
    expect(await api.startedAt()).toBe(Date.UTC(2026, 0, 1, 0, 0, 0, 600));
  });
});
