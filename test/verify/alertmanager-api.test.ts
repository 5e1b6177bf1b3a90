import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { alertmanagerApi } from '../../verify/alertmanager-api.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: string;
}

async function apiThatAnswers(status: number, answer: string) {
  const received: Received[] = [];
  const listening = createServer(async (request: IncomingMessage, response) => {
    received.push({ method: request.method, url: request.url, body: await text(request) });
    response.writeHead(status).end(answer);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { api: alertmanagerApi(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`), received };
}

const alert = {
  fingerprint: 'f1',
  labels: { alertname: 'Down' },
  annotations: {},
  startsAt: '2026-01-01T00:00:00.5Z',
  endsAt: '2026-01-01T00:04:00Z',
  status: { state: 'suppressed', inhibitedBy: ['f2'], silencedBy: [], mutedBy: [] },
};

describe('the client of the Alertmanager API', () => {
  it('returns alerts with start times in milliseconds', async () => {
    const { api, received } = await apiThatAnswers(200, JSON.stringify([alert]));
    expect(await api.alerts()).toEqual([
      {
        fingerprint: 'f1',
        labels: { alertname: 'Down' },
        startsAt: Date.UTC(2026, 0, 1, 0, 0, 0, 500),
        status: { state: 'suppressed', inhibitedBy: ['f2'], silencedBy: [] },
      },
    ]);
    expect(received).toMatchObject([{ method: 'GET', url: '/api/v2/alerts' }]);
  });

  it('creates a silence that starts now, and returns its id', async () => {
    const { api, received } = await apiThatAnswers(200, '{"silenceID":"s1"}');
    const matchers = [{ name: 'alertname', value: 'Down', isRegex: false, isEqual: true }];
    const endsAt = new Date(Date.now() + 60_000);
    expect(await api.silence({ matchers, endsAt, createdBy: 'me', comment: 'why' })).toBe('s1');
    const { method, url, body } = received[0] as Received;
    expect([method, url]).toEqual(['POST', '/api/v2/silences']);
    const sent = JSON.parse(body);
    expect(sent).toMatchObject({ matchers, endsAt: endsAt.toISOString(), createdBy: 'me', comment: 'why' });
    expect(Date.parse(sent.startsAt)).toBeLessThan(endsAt.getTime());
  });

  it('ends a silence, and accepts an empty answer', async () => {
    const { api, received } = await apiThatAnswers(200, '');
    await api.expire('s1');
    expect(received).toMatchObject([{ method: 'DELETE', url: '/api/v2/silence/s1' }]);
  });

  it.each([
    [400, '"invalid silence: no matcher"', 'invalid silence: no matcher'],
    [
      422,
      '{"code":601,"message":"silenceID in path must be of type uuid"}',
      'silenceID in path must be of type uuid',
    ],
  ])('reports the message that Alertmanager sends with status %i', async (status, answer, message) => {
    const { api } = await apiThatAnswers(status, answer);
    await expect(api.silences()).rejects.toMatchObject({ name: 'AlertmanagerRefusal', status, message });
  });

  it('reports the URL of a failed request', async () => {
    const unavailable = await apiThatAnswers(503, 'not ready');
    await expect(unavailable.api.alerts()).rejects.toThrow(/\/api\/v2\/alerts: HTTP 503, not ready/);
    server?.close();
    const other = await apiThatAnswers(200, '<html>');
    await expect(other.api.alerts()).rejects.toThrow(/\/api\/v2\/alerts: unexpected answer/);
    const nobody = alertmanagerApi('http://127.0.0.1:1');
    await expect(nobody.alerts()).rejects.toThrow(/127\.0\.0\.1:1\/api\/v2\/alerts: no answer/);
  });
});
