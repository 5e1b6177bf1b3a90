import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { close, createConsole, listen, StillStarting } from '../../../demo/console/server.ts';
import { parseSettings } from '../../../demo/settings.ts';

const own = { host: '127.0.0.1:3000' };
const json = { ...own, 'content-type': 'application/json' };

function console_() {
  const pipeline = {
    status: async () => ({ ready: true, components: [] }),
    runBatch: vi.fn(async () => ({ status: 200, body: '{}' })),
    burst: vi.fn(async () => 5000),
    faults: {
      list: () => [{ name: 'nats-killed', title: '', description: '', alerts: [], injected: false }],
      inject: vi.fn(async (name: string) => name === 'nats-killed'),
      restore: vi.fn(async (name: string) => name === 'nats-killed'),
    },
  };
  return { app: createConsole(parseSettings('/project', []), pipeline), pipeline };
}

const alert = (n: number) => ({
  status: 'firing',
  labels: { alertname: `Alert${n}` },
  annotations: { summary: 'something' },
  startsAt: '2026-01-01T00:00:00Z',
});

describe('the console', () => {
  it('serves a page that loads nothing from other servers', async () => {
    const { app } = console_();
    const response = await app.request('/', { headers: own });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const links = [...(await response.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => m[1]);
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) {
      if (link?.startsWith('data:')) continue;
      expect((await app.request(link as string, { headers: own })).status).toBe(200);
    }
  });

  it('refuses a request with another Host header, as a rebound name would send', async () => {
    const { app } = console_();
    expect((await app.request('/api/status', { headers: { host: 'attacker.example:3000' } })).status).toBe(
      421,
    );
  });

  it('answers 503 to actions that need the pipeline while the pipeline starts', async () => {
    const { app, pipeline } = console_();
    pipeline.burst.mockRejectedValue(new StillStarting());
    const response = await app.request('/api/traffic/burst', { method: 'POST', headers: json });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ detail: 'The pipeline is still starting.' });
  });

  it('refuses a request from another web page', async () => {
    const { app, pipeline } = console_();
    const headers = { ...json, origin: 'https://attacker.example' };
    expect((await app.request('/api/traffic/burst', { method: 'POST', headers })).status).toBe(403);
    expect(pipeline.burst).not.toHaveBeenCalled();
  });

  it('runs a batch that succeeds or fails', async () => {
    const { app, pipeline } = console_();
    const post = (body: string) => app.request('/api/batch', { method: 'POST', headers: json, body });
    expect((await post('{}')).status).toBe(200);
    expect((await post('{"failAt":"load"}')).status).toBe(200);
    expect(pipeline.runBatch.mock.calls).toEqual([[{}], [{ failAt: 'load' }]]);
    expect((await post('{"failAt":"lunch"}')).status).toBe(400);
  });

  it('accepts a POST without a body over a real socket', async () => {
    const pipeline = console_().pipeline;
    const settings = parseSettings('/project', []);
    const probe = await listen(createConsole(settings, pipeline), 0);
    const { port } = probe.address() as AddressInfo;
    await close(probe);
    // The console must know its port, because it answers only requests for its own address.
    const server = await listen(
      createConsole({ ...settings, ports: { ...settings.ports, console: port } }, pipeline),
      port,
    );
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/batch`, { method: 'POST' });
      expect(response.status).toBe(200);
      expect(pipeline.runBatch).toHaveBeenCalledWith({});
    } finally {
      await close(server);
    }
  });

  it('injects and restores the listed faults, and names them when a request names another fault', async () => {
    const { app, pipeline } = console_();
    const ask = (method: string, name: string) =>
      app.request(`/api/faults/${name}`, { method, headers: own });
    expect((await ask('POST', 'nats-killed')).status).toBe(204);
    expect((await ask('DELETE', 'nats-killed')).status).toBe(204);
    expect(pipeline.faults.inject).toHaveBeenCalledWith('nats-killed');
    expect(pipeline.faults.restore).toHaveBeenCalledWith('nats-killed');
    const unknown = await ask('POST', 'meteorite');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('nats-killed');
  });

  it('keeps the last hundred notifications, newest first', async () => {
    const { app } = console_();
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
    const { app } = console_();
    const response = await app.request('/api/notifications', {
      method: 'POST',
      headers: json,
      body: '{"alerts":7}',
    });
    expect(response.status).toBe(400);
  });

  it('refuses more than a thousand alerts at once', async () => {
    const { app } = console_();
    const post = (count: number) =>
      app.request('/api/notifications', {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ alerts: Array.from({ length: count }, (_, n) => alert(n)) }),
      });
    expect((await post(1000)).status).toBe(204);
    expect((await post(1001)).status).toBe(400);
  });

  it('serves a runbook, and no other file of the project', async () => {
    const root = mkdtempSync(join(tmpdir(), 'console-'));
    mkdirSync(join(root, 'docs', 'runbooks'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{}');
    writeFileSync(join(root, 'docs', 'runbooks', 'NatsServerDown.md'), 'meaning');
    try {
      const app = createConsole({ ...parseSettings('/project', []), root }, console_().pipeline);
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
    const { app } = console_();
    const body = JSON.stringify({ alerts: ['x'.repeat(1024 * 1024)] });
    const headers = { ...json, 'content-length': String(body.length) };
    expect((await app.request('/api/notifications', { method: 'POST', headers, body })).status).toBe(413);
  });
});
