import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { close } from '../../console/index.ts';
import type { Component } from '../../demo/component.ts';
import { ComposePipeline, notOffered } from '../../demo/compose/pipeline.ts';
import { ServiceHealth } from '../../demo/compose/service-health.ts';
import { composeSettings } from '../../demo/compose/settings.ts';
import { exchange } from '../../demo/http-exchange.ts';
import { loopback, type PortName } from '../../demo/network.ts';
import { reachable } from '../../demo/pipeline-console.ts';
import type { Settings } from '../../demo/settings.ts';

const root = join(import.meta.dirname, '../..');
const dockerfile = readFileSync(join(root, 'compose/Dockerfile'), 'utf8');
const stages = dockerfile
  .replaceAll('\\\n', ' ')
  .split(/^FROM /m)
  .slice(1);
const copies = (stage: string, pattern: RegExp) =>
  [...stage.matchAll(pattern)].flatMap(([, paths = '']) => paths.split(' ').slice(0, -1));
const [buildStage = '', finalStage = ''] = stages;
const ownFiles = /^COPY (?!--)(.*)$/gm;
const builtFiles = /^COPY --from=build \/app\/(.*)$/gm;

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'console-image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function copy(paths: readonly string[], from: string, to: string): void {
  for (const path of paths) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { recursive: true });
  }
}

async function serverOf(answer: () => number): Promise<{ server: Server; url: string }> {
  const server = createServer((_, response) => response.writeHead(answer()).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function idleSettings(folder: string): Promise<Settings> {
  const settings = composeSettings(folder);
  const names = Object.keys(settings.ports) as PortName[];
  const servers = await Promise.all(names.map(() => serverOf(() => 200)));
  const entries = names.map((name, index) => [name, Number(new URL(servers[index]?.url ?? '').port)]);
  await Promise.all(servers.map(({ server }) => close(server)));
  const ports = Object.fromEntries(entries) as Settings['ports'];
  return { ...settings, ports, network: loopback(ports) };
}

describe('the image of the console', () => {
  it('copies exactly the files of its build context', () => {
    const allowed = readFileSync(join(root, 'compose/Dockerfile.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = new Set(copies(dockerfile, ownFiles).filter((path) => !path.startsWith('console/')));
    expect([...copied].toSorted()).toEqual(allowed.toSorted());
  });

  it('serves the page and the runbooks from the files in the image', { timeout: 60_000 }, async () => {
    const context = scratch();
    copy(copies(buildStage, ownFiles), root, context);
    symlinkSync(join(root, 'node_modules'), join(context, 'node_modules'));
    execFileSync(process.execPath, ['demo/compose/bundle.mjs'], { cwd: context });
    const image = `${context}-image`;
    onTestFinished(() => rmSync(image, { recursive: true, force: true }));
    copy(copies(finalStage, builtFiles), context, image);
    copy(copies(finalStage, ownFiles), root, image);
    expect(readFileSync(join(image, 'dist/compose/main.mjs'), 'utf8')).toContain('ComposePipeline');

    const stopping = new AbortController();
    const settings = await idleSettings(image);
    const pipeline = new ComposePipeline(settings);
    const running = pipeline.run(stopping.signal);
    try {
      const get = (path: string) =>
        exchange(`http://127.0.0.1:${settings.ports.console}${path}`, { signal: AbortSignal.timeout(5000) });
      await vi.waitFor(async () => expect((await get('/map')).status).toBe(200), 10_000);
      const paths = [
        '/assets/main.js',
        '/runbooks/NatsServerDown.md',
        '/api/dashboards',
        '/api/openapi.json',
      ];
      for (const path of [...paths, '/api/docs/architecture.md']) {
        expect({ path, ...(await get(path)) }).toMatchObject({ path, status: 200 });
      }
      const { ready, components } = JSON.parse((await get('/api/status')).text);
      expect(ready).toBe(false);
      expect(await get('/api/components/nats/log')).toMatchObject({
        status: 404,
        text: expect.stringContaining(notOffered),
      });
      expect(components.map(({ name }: { name: string }) => name)).toContain('binance-mock');
      expect(components.every(({ pid }: { pid: unknown }) => pid === null)).toBe(true);
    } finally {
      stopping.abort();
      await running;
      await pipeline.stop();
    }
  });

  it('has a health check that passes only while the console answers', async () => {
    const code = (JSON.parse(/CMD (\["\/nodejs.*\])/.exec(finalStage)?.[1] ?? '[]') as string[]).at(-1) ?? '';
    let status = 200;
    const { server, url } = await serverOf(() => status);
    onTestFinished(() => close(server));
    const offset = String(Number(new URL(url).port) - 3000);
    const exitCode = (PORT_OFFSET: string) =>
      new Promise((resolve) =>
        spawn(process.execPath, ['-e', code], { env: { PORT_OFFSET } }).on('exit', resolve),
      );
    expect(await exitCode(offset)).toBe(0);
    status = 503;
    expect(await exitCode(offset)).toBe(1);
    await close(server);
    expect(await exitCode(offset)).toBe(1);
  });
});

it('the console of the compose file connects to a service by the service name, not by 127.0.0.1', () => {
  const settings = composeSettings('/app', 10_000);
  expect(reachable(settings, 'http://127.0.0.1:19090')).toBe('http://prometheus:19090');
  expect(reachable(settings, 'http://127.0.0.1:17777/metrics')).toBe('http://nats-exporter:17777/metrics');
  const loopbackSettings = { ...settings, network: loopback(settings.ports) };
  expect(reachable(loopbackSettings, 'http://127.0.0.1:19090')).toBe('http://127.0.0.1:19090');
});

it('a service is "starting" until it answers, and "unhealthy" when it no longer answers', async () => {
  let status = 503;
  const { server, url } = await serverOf(() => status);
  const health = new ServiceHealth([{ name: 'nats', role: '', url, healthUrl: url } as Component]);
  onTestFinished(async () => {
    await health.stop();
    await close(server);
  });
  const state = () => health.status().map((component) => component.state);
  health.start();
  expect(state()).toEqual(['starting']);
  status = 200;
  await health.untilReady(['nats'], AbortSignal.timeout(10_000));
  expect(state()).toEqual(['running']);
  status = 503;
  await vi.waitFor(() => expect(state()).toEqual(['unhealthy']), 10_000);
  expect(health.ready()).toBe(false);
});
