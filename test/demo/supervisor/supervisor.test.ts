import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from '../../../demo/component.ts';
import { parseSettings } from '../../../demo/settings.ts';
import { Supervisor } from '../../../demo/supervisor/supervisor.ts';
import type { Programs } from '../../../toolchain/index.ts';

let dataDir: string;
let answer = '';
let server: Server;
let supervisor: Supervisor | undefined;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'supervisor-'));
  server = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await supervisor?.stop();
  server.closeAllConnections();
  server.close();
  rmSync(dataDir, { recursive: true });
});

function supervise(more: Partial<Component>): Supervisor {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const component: Component = {
    name: 'component',
    role: 'a component',
    place: 'outside',
    program: { kind: 'command', path: process.execPath },
    args: ['-e', 'setInterval(() => {}, 1000)'],
    ports: [],
    url,
    healthUrl: url,
    ...more,
  };
  supervisor = new Supervisor({ ...parseSettings('/project', []), dataDir }, [component], {} as Programs);
  supervisor.start();
  return supervisor;
}

describe('the supervisor', () => {
  it('treats a component as running only if the answer matches `healthAnswer`', async () => {
    answer = '{"component":"starting"}';
    const component = supervise({ healthAnswer: /"component":"healthy"/ }).process('component');
    await vi.waitFor(() => expect(component.pid).toBeGreaterThan(0));
    await expect(vi.waitUntil(() => component.state === 'running', 300)).rejects.toThrow();
    answer = '{"component":"healthy"}';
    await vi.waitFor(() => expect(component.state).toBe('running'));
  });

  it('refuses to kill a component that has no process', async () => {
    const supervisor = supervise({});
    await vi.waitFor(() => expect(supervisor.process('component').pid).toBeGreaterThan(0));
    await supervisor.act('component', 'stop');
    await expect(supervisor.act('component', 'kill')).rejects.toThrow(
      'component has no process to kill: its state is stopped.',
    );
  });

  it('passes PATH to a component, but no secret of the shell', async () => {
    vi.stubEnv('SHELL_SECRET', 'swordfish');
    supervise({ args: ['-e', 'console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000)'] });
    vi.unstubAllEnvs();
    const log = join(dataDir, 'logs', 'component.log');
    const given = await vi.waitFor(() => JSON.parse(readFileSync(log, 'utf8')));
    expect(given.PATH).toBe(process.env.PATH);
    expect(given).not.toHaveProperty('SHELL_SECRET');
  });

  it('is ready without an optional component, even if this component ends repeatedly', async () => {
    const without = supervise({ optional: true, args: ['-e', 'process.exit(3)'] });
    await without.untilReady(60_000, new AbortController().signal);
    await vi.waitFor(() => expect(without.process('component').restarts).toBeGreaterThan(0), 5000);
    expect(without.ready).toBe(true);
    expect((await without.status()).map(({ name }) => name)).toEqual(['component']);
  });

  it('fails early if a component ends repeatedly', async () => {
    const hopeless = supervise({
      args: ['-e', 'console.log("no such file"); process.exit(3)'],
      healthAnswer: /never/,
    });
    await expect(hopeless.untilReady(60_000, new AbortController().signal)).rejects.toThrow(
      /component is \w+, last ended with exit code 3.*no such file/s,
    );
  });

  it('copies the template of a data file only if the data file does not exist', async () => {
    const source = join(dataDir, 'template.db');
    const copy = join(dataDir, 'data', 'component.db');
    writeFileSync(source, 'empty');
    const seeded = { folders: ['data'], seeds: { 'data/component.db': source } };
    await supervise(seeded).stop();
    expect(readFileSync(copy, 'utf8')).toBe('empty');
    writeFileSync(copy, 'rows');
    supervise(seeded);
    expect(readFileSync(copy, 'utf8')).toBe('rows');
  });
});
