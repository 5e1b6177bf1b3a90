import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { offeredBy } from '../../../console/controls.ts';
import type { ConsoleOptions } from '../../../console/server/app.ts';
import { type AlertmanagerApi, AlertmanagerRefusal } from '../../../verify/alertmanager-api.ts';
import { fakeConsole, fakeControls, json, noAlerts, noSilences, own } from '../fake-console.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const id = '82f40dab-7a41-4982-8ec3-d96e1d0f8792';
const valid = {
  matchers: [{ name: 'alertname', value: 'Down' }],
  durationSeconds: 600,
  comment: 'maintenance',
};

function consoleWith(alertmanager: Partial<AlertmanagerApi> = {}, options: Partial<ConsoleOptions> = {}) {
  const silence = vi.fn(noSilences.silence);
  const expire = vi.fn(noSilences.expire);
  const { app } = fakeConsole({
    root,
    controls: { ...fakeControls(), maySilence: true },
    alertmanager: { ...noSilences, silence, expire, ...alertmanager },
    ...options,
  });
  const get = (path: string, headers = {}) => app.request(path, { headers: { ...own, ...headers } });
  const post = (body: unknown) =>
    app.request('/api/silences', { method: 'POST', headers: json, body: JSON.stringify(body) });
  const remove = (silenceId: string) =>
    app.request(`/api/silences/${silenceId}`, { method: 'DELETE', headers: own });
  return { app, get, post, remove, silence, expire };
}

const refused = async () => {
  throw new Error('connection refused');
};

describe('silences', () => {
  it('end after the duration in the request', async () => {
    const { post, silence } = consoleWith();
    const response = await post(valid);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: expect.any(String) });
    const [sent] = silence.mock.calls[0] ?? [];
    expect(sent).toMatchObject({
      matchers: [{ name: 'alertname', value: 'Down', isRegex: false, isEqual: true }],
      comment: 'maintenance',
      createdBy: 'console',
    });
    const left = (sent?.endsAt.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(590_000);
    expect(left).toBeLessThanOrEqual(600_000);
  });

  it.each([
    ['no matcher', { ...valid, matchers: [] }, 'matchers'],
    [
      'a matcher name that is not a label name',
      { ...valid, matchers: [{ name: '0', value: '' }] },
      'matchers[0].name',
    ],
    [
      'a matcher value that is not a text',
      { ...valid, matchers: [{ name: 'a', value: 1 }] },
      'matchers[0].value',
    ],
    ['a duration of more than a day', { ...valid, durationSeconds: 86_401 }, 'durationSeconds'],
    ['a duration of zero', { ...valid, durationSeconds: 0 }, 'durationSeconds'],
    ['an empty comment', { ...valid, comment: ' ' }, 'comment'],
    ['a body that is not an object', 'soon', undefined],
  ])('are refused if the request has a mistake: %s', async (_what, body, field) => {
    const { post, silence } = consoleWith();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(((await response.json()) as { field?: string }).field).toBe(field);
    expect(silence).not.toHaveBeenCalled();
  });

  it('are refused with the message of Alertmanager if Alertmanager refuses the silence', async () => {
    const { post } = consoleWith({
      silence: async () => {
        throw new AlertmanagerRefusal(400, 'invalid silence: invalid regular expression');
      },
    });
    const response = await post(valid);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: 'invalid silence: invalid regular expression',
      field: 'matchers',
    });
  });

  it('are listed by their end time, without expired silences', async () => {
    const silence = (name: string, state: 'active' | 'expired', endsAt: number) => ({
      id: name,
      status: { state },
      matchers: [],
      startsAt: 0,
      endsAt,
      createdBy: '',
      comment: '',
    });
    const { get } = consoleWith({
      silences: async () => [
        silence('b', 'active', 2),
        silence('old', 'expired', 0),
        silence('a', 'active', 1),
      ],
    });
    const list = (await (await get('/api/silences')).json()) as { id: string }[];
    expect(list.map((found) => found.id)).toEqual(['a', 'b']);
  });

  it('are ended by a DELETE request with the id of the silence', async () => {
    const { remove, expire } = consoleWith();
    expect((await remove(id)).status).toBe(204);
    expect(expire).toHaveBeenCalledWith(id);
    const wrong = await remove('all');
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { field: 'id' }]);
  });

  it('are reported as not found (404) if a DELETE request has an unknown id', async () => {
    const { remove } = consoleWith({
      expire: async () => {
        throw new AlertmanagerRefusal(404, '');
      },
    });
    expect((await remove(id)).status).toBe(404);
  });

  it('cannot be listed, created or ended while Alertmanager does not answer', async () => {
    const { get, post, remove } = consoleWith({ silences: refused, silence: refused, expire: refused });
    for (const response of [await get('/api/silences'), await post(valid), await remove(id)]) {
      expect(response.status).toBe(502);
      expect(await response.text()).toContain('connection refused');
    }
  });

  it('are offered by the API only if the setting `maySilence` is true', async () => {
    for (const maySilence of [true, false]) {
      const controls = { ...fakeControls(), maySilence };
      const { get } = consoleWith({}, { controls });
      expect(await (await get('/api/alerts')).json()).toMatchObject({ maySilence });
      expect(offeredBy(controls).silences).toBe(maySilence);
    }
  });

  it('cannot be created or ended in a read-only console', async () => {
    const { post, remove, silence, expire } = consoleWith({}, { controls: fakeControls() });
    expect((await post(valid)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect(silence).not.toHaveBeenCalled();
    expect(expire).not.toHaveBeenCalled();
  });
});

describe('the routes of alerts and incidents', () => {
  const activeAt = Date.now() - 5000;
  const alerts: ConsoleOptions['alerts'] = {
    ...noAlerts,
    rules: async () => [
      {
        name: 'targets',
        interval: 5,
        rules: ['Down', 'Quiet'].map((name) => ({
          name,
          query: 'up == 0',
          duration: 0,
          keepFiringFor: 0,
          labels: {},
          annotations: {},
          health: 'ok',
        })),
      },
    ],
    active: async () => [
      { labels: { alertname: 'Down' }, annotations: {}, state: 'firing', activeAt, value: '0' },
    ],
  };

  it('list every alert rule with its state and its instances', async () => {
    const { get } = consoleWith({}, { alerts });
    const states = async () => {
      const { alerts: list } = (await (await get('/api/alerts')).json()) as { alerts: { state: string }[] };
      return list;
    };
    await expect.poll(states).toMatchObject([
      { alert: 'Down', state: 'firing', instances: [{ activeAt }] },
      { alert: 'Quiet', state: 'inactive', instances: [] },
    ]);
  });

  it('return incidents with their notification times', async () => {
    const { app, get } = consoleWith({}, { alerts });
    const incidents = async (query = '') => (await (await get(`/api/incidents${query}`)).json()) as unknown[];
    await expect.poll(() => incidents()).toHaveLength(1);
    const startsAt = new Date(activeAt).toISOString();
    const alert = { status: 'firing', labels: { alertname: 'Down' }, annotations: {}, startsAt };
    const body = JSON.stringify({ alerts: [alert] });
    await app.request('/api/notifications', { method: 'POST', headers: json, body });
    expect(await incidents(`?alert=Down&since=${activeAt}`)).toMatchObject([
      { alert: 'Down', state: 'firing', times: { pending: activeAt, notified: expect.any(Number) } },
    ]);
    expect(await incidents('?alert=Quiet')).toEqual([]);
    expect(await incidents('?fault=nats-killed')).toEqual([]);
    expect(await incidents(`?since=${activeAt + 1}`)).toEqual([]);
  });

  it('refuse a wrong parameter of `/api/incidents`', async () => {
    const { get } = consoleWith();
    const response = await get('/api/incidents?since=yesterday');
    expect([response.status, await response.json()]).toMatchObject([400, { field: 'since' }]);
    expect((await get('/api/incidents?newest=1')).status).toBe(400);
  });
});

describe('runbooks and documents', () => {
  it('are sent to the page as Markdown inside JSON', async () => {
    const { get } = consoleWith();
    const runbook = (await (await get('/api/runbooks/PushgatewayDown')).json()) as { markdown: string };
    expect(runbook).toMatchObject({ path: 'docs/runbooks/PushgatewayDown.md' });
    expect(runbook.markdown).toMatch(/^# PushgatewayDown\n/);
    const guide = (await (await get('/api/docs/hosts/node.md')).json()) as { path: string };
    expect(guide.path).toBe('docs/hosts/node.md');
  });

  it('are sent as Markdown to curl, and as a page to a browser', async () => {
    const { get } = consoleWith();
    for (const path of ['/runbooks/PushgatewayDown.md', '/docs/secrets.md']) {
      expect((await get(path)).headers.get('content-type')).toContain('text/markdown');
      expect((await get(path, { accept: 'text/html' })).headers.get('content-type')).toContain('text/html');
    }
  });

  it('are the only files that their routes serve', async () => {
    const { get } = consoleWith();
    const paths = [
      'runbooks/Unknown',
      'docs/../README.md',
      'docs/..%2FREADME.md',
      'docs/reference/.git.md',
      'docs/x',
    ];
    for (const path of paths) expect((await get(`/api/${path}`)).status).toBe(404);
    expect((await get('/docs/..%2FREADME.md')).status).toBe(404);
  });
});
