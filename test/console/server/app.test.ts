import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StillStarting } from '../../../console/controls.ts';
import { close, listen } from '../../../console/server/listen.ts';
import { fakeConsole, fakeControls, json, own } from '../fake-console.ts';

const projectRoot = join(import.meta.dirname, '..', '..', '..');

const alert = (n: number) => ({
  status: 'firing',
  labels: { alertname: `Alert${n}` },
  annotations: { summary: 'something' },
  startsAt: '2026-01-01T00:00:00Z',
});

describe('the console', () => {
  it('serves a page without inline scripts, inline styles or files of other servers', async () => {
    const { app } = fakeConsole({ root: projectRoot });
    const response = await app.request('/map', { headers: own });
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    const html = await response.text();
    expect(html).not.toMatch(/<style|style="|<script(?![^>]* src=)/);
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(links.filter((link) => !/^(\/assets\/|data:image)/.test(link ?? ''))).toEqual([]);
    expect(links.length).toBeGreaterThan(1);
  });

  it('answers a request for an unknown address with status 404', async () => {
    const { app } = fakeConsole({ root: projectRoot });
    const get = async (path: string, accept: string) => {
      const response = await app.request(path, { headers: { ...own, accept } });
      return [response.status, response.headers.get('content-type')?.split(';')[0]];
    };
    const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
    expect(await get('/nowhere', browser)).toEqual([404, 'text/html']);
    expect(await get('/dashboards/nats', browser)).toEqual([404, 'text/html']);
    expect(await get('/runbooks/Nope', browser)).toEqual([404, 'text/html']);
    expect(await get('/nowhere', '*/*')).toEqual([404, 'application/problem+json']);
    expect(await get('/api/nowhere', browser)).toEqual([404, 'application/problem+json']);
    expect(await get('/assets/nowhere.js', browser)).toEqual([404, 'application/problem+json']);
  });

  it('refuses a request with the Host header of another server', async () => {
    const { app } = fakeConsole();
    expect((await app.request('/api/status', { headers: { host: 'attacker.example:3000' } })).status).toBe(
      421,
    );
  });

  it('accepts the Host header `console:3000` only if the option peerHost is `console`', async () => {
    const { app } = fakeConsole({ peerHost: 'console' });
    const status = async (host: string) => (await app.request('/api/status', { headers: { host } })).status;
    expect(await status('console:3000')).toBe(200);
    expect(await status('nats:3000')).toBe(421);
    const alone = await fakeConsole().app.request('/api/status', { headers: { host: 'console:3000' } });
    expect(alone.status).toBe(421);
  });

  it('rejects the Origin header `http://console:3000` even if peerHost is `console`', async () => {
    const { app } = fakeConsole({ peerHost: 'console' });
    const headers = { host: 'console:3000', origin: 'http://console:3000' };
    expect((await app.request('/api/status', { headers })).status).toBe(403);
  });

  it('answers 503 to an action on the pipeline while the pipeline starts', async () => {
    const { app, controls } = fakeConsole();
    controls.burst.mockRejectedValue(new StillStarting());
    const response = await app.request('/api/traffic/burst', { method: 'POST', headers: json });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      detail: expect.stringContaining('The pipeline is still starting.'),
    });
  });

  it('refuses a request from another web page', async () => {
    const { app, controls } = fakeConsole();
    const headers = { ...json, origin: 'https://attacker.example' };
    expect((await app.request('/api/traffic/burst', { method: 'POST', headers })).status).toBe(403);
    expect(controls.burst).not.toHaveBeenCalled();
  });

  it.each(['null', 'http://127.0.0.1:3001', 'https://127.0.0.1:3000', '127.0.0.1:3000'])(
    'refuses a request with the Origin header %s',
    async (origin) => {
      const { app } = fakeConsole();
      expect((await app.request('/api/status', { headers: { ...own, origin } })).status).toBe(403);
    },
  );

  it('can be opened by a link on another website, but not as an image or iframe', async () => {
    const { app } = fakeConsole({ root: projectRoot });
    const get = async (site: string, dest: string) =>
      (await app.request('/map', { headers: { ...own, 'sec-fetch-site': site, 'sec-fetch-dest': dest } }))
        .status;
    expect(await get('cross-site', 'image')).toBe(403);
    expect(await get('cross-site', 'iframe')).toBe(403);
    expect(await get('same-site', 'empty')).toBe(403);
    expect(await get('same-site', 'document')).toBe(200);
    expect(await get('cross-site', 'document')).toBe(200);
    expect(await get('same-origin', 'empty')).toBe(200);
    expect(await get('none', 'document')).toBe(200);
  });

  it('sends its security headers with every answer, even with an error', async () => {
    const { app, controls } = fakeConsole({ root: projectRoot });
    controls.status.mockRejectedValue(new Error('broken'));
    const answers = await Promise.all([
      app.request('/map', { headers: own }),
      app.request('/nothing', { headers: own }),
      app.request('/api/status', { headers: own }),
      app.request('/map', { headers: { host: 'attacker.example' } }),
      app.request('/map', { headers: { ...own, origin: 'null' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 500, 421, 403]);
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each(['', '{', '[]', 'null', '7'])('refuses the body %j, and asks for a JSON object', async (body) => {
    const { app } = fakeConsole();
    const response = await app.request('/api/traffic/primary', { method: 'PUT', headers: json, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: 'The body is not a JSON object. Send a JSON object, such as {}.',
    });
  });

  it('refuses a wrong parameter of a log request', async () => {
    const { app } = fakeConsole();
    const response = await app.request('/api/components/nats/log?lines=many', { headers: own });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ field: 'lines' });
  });

  it('runs a batch that succeeds, or a batch that fails at a given stage', async () => {
    const { app, controls } = fakeConsole();
    const post = (body: string) => app.request('/api/batch', { method: 'POST', headers: json, body });
    expect((await post('{}')).status).toBe(200);
    expect((await post('{"failAt":"load"}')).status).toBe(200);
    expect(controls.runBatch.mock.calls).toEqual([[{}], [{ failAt: 'load' }]]);
    expect((await post('{"failAt":"lunch"}')).status).toBe(400);
  });

  it('accepts a POST without a body', async () => {
    const probe = await listen(fakeConsole().app, 0);
    const { port } = probe.address() as AddressInfo;
    await close(probe);
    const controls = fakeControls();
    const server = await listen(fakeConsole({ port, controls }).app, port);
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/batch`, { method: 'POST' });
      expect(response.status).toBe(200);
      expect(controls.runBatch).toHaveBeenCalledWith({});
    } finally {
      await close(server);
    }
  });

  it('injects and ends a fault', async () => {
    const { app, controls } = fakeConsole();
    const ask = (method: string, name: string) =>
      app.request(`/api/faults/${name}`, { method, headers: own });
    expect((await ask('POST', 'nats-killed')).status).toBe(204);
    expect((await ask('DELETE', 'nats-killed')).status).toBe(204);
    expect(controls.faults.inject).toHaveBeenCalledWith('nats-killed', {});
    expect(controls.faults.restore).toHaveBeenCalledWith('nats-killed');
    const unknown = await ask('POST', 'meteorite');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('nats-killed');
  });

  it('keeps the last 100 notifications, newest first', async () => {
    const { app } = fakeConsole();
    for (let n = 0; n < 120; n += 1) {
      const body = JSON.stringify({ version: '4', alerts: [alert(n)] });
      expect((await app.request('/api/notifications', { method: 'POST', headers: json, body })).status).toBe(
        204,
      );
    }
    const list = (await (await app.request('/api/notifications', { headers: own })).json()) as unknown[];
    expect(list).toHaveLength(100);
    expect(list[0]).toMatchObject({ alert: 'Alert119', status: 'firing' });
  });

  it('refuses a body that is not a notification', async () => {
    const { app } = fakeConsole();
    const response = await app.request('/api/notifications', {
      method: 'POST',
      headers: json,
      body: '{"alerts":7}',
    });
    expect(response.status).toBe(400);
  });

  it('refuses a notification with more than 1000 alerts', async () => {
    const { app } = fakeConsole();
    const post = (count: number) =>
      app.request('/api/notifications', {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ alerts: Array.from({ length: count }, (_, n) => alert(n)) }),
      });
    expect((await post(1000)).status).toBe(204);
    expect((await post(1001)).status).toBe(400);
  });

  it('serves runbooks below the path `/runbooks/`, and no file outside docs/runbooks', async () => {
    const root = mkdtempSync(join(tmpdir(), 'console-'));
    mkdirSync(join(root, 'docs', 'runbooks'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{}');
    writeFileSync(join(root, 'docs', 'runbooks', 'NatsServerDown.md'), 'meaning');
    try {
      const app = fakeConsole({ root }).app;
      const get = (path: string) => app.request(path, { headers: own });
      expect((await get('/runbooks/NatsServerDown.md')).status).toBe(200);
      for (const path of ['../../package.json', '..%2F..%2Fpackage.json', 'a/b.md', 'Unknown.md']) {
        expect((await get(`/runbooks/${path}`)).status).toBe(404);
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('refuses a body of more than a mebibyte', async () => {
    const { app } = fakeConsole();
    const body = JSON.stringify({ alerts: ['x'.repeat(1024 * 1024)] });
    const headers = { ...json, 'content-length': String(body.length) };
    expect((await app.request('/api/notifications', { method: 'POST', headers, body })).status).toBe(413);
  });
});
