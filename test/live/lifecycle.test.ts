import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { shiftPorts } from '../../demo/settings.ts';
import { isRunning } from '../is-running.ts';
import { type Start, startPipeline, statusAt, until } from './processes.ts';

const portOffset = inject('laptop').portOffset + 300;
const ports = shiftPorts(portOffset);
const dataDir = join(import.meta.dirname, '..', '..', '.demo', `offset-${portOffset}`);
const options = ['--port-offset', String(portOffset)];
let start: Start | undefined;

afterEach(async () => {
  start?.child.kill('SIGTERM');
  await start?.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

async function startAndAwait(by: 'node' | 'npm'): Promise<readonly number[]> {
  start = startPipeline(options, by);
  const { child, output } = start;
  await until(output, () => child.exitCode !== null || /^Ready in /m.test(output()), 60_000);
  expect(child.exitCode, output()).toBeNull();
  const { components } = await statusAt(ports.console);
  const pids = components.map((c) => c.pid as number);
  for (const pid of pids) expect(isRunning(pid)).toBe(true);
  return pids;
}

const allGone = (pids: readonly number[]) =>
  until(
    () => `still running: ${pids.filter(isRunning).join(', ')}`,
    () => !pids.some(isRunning),
    10_000,
  );

describe('the pipeline', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves no process after the signal %s',
    async (signal) => {
      const pids = await startAndAwait('node');
      const asked = Date.now();
      start?.child.kill(signal);
      expect(await start?.ended).toBe(0);
      console.log(`${signal}: all processes ended after ${Date.now() - asked} ms`);
      expect(pids.filter(isRunning)).toEqual([]);
      expect(start?.output()).toContain('The pipeline is stopped; no process is left.');
    },
  );

  it('leaves no process if the Node process of npm start is killed', async () => {
    const pids = await startAndAwait('node');
    start?.child.kill('SIGKILL');
    await start?.ended;
    await startAndAwait('node');
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('leaves no process if npm itself is killed', async () => {
    const pids = await startAndAwait('npm');
    start?.child.kill('SIGKILL');
    await allGone(pids);
  });

  it('stops even if the central Prometheus hangs', async () => {
    const pids = await startAndAwait('node');
    const { components } = await statusAt(ports.console);
    process.kill(components.find((c) => c.name === 'prometheus')?.pid as number, 'SIGSTOP');
    const asked = Date.now();
    start?.child.kill('SIGINT');
    expect(await start?.ended).toBe(0);
    console.log(`with the receiver suspended: all processes ended after ${Date.now() - asked} ms`);
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

describe('a start that cannot succeed', () => {
  it('prints the process that uses a port of the pipeline', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(ports.pushgateway, '127.0.0.1', resolve));
    try {
      start = startPipeline(options);
      expect(await start.ended).toBe(1);
      expect(start.output()).toMatch(
        new RegExp(`Port ${ports.pushgateway} is in use by .+ \\(pid ${process.pid}\\)`),
      );
      expect(existsSync(join(dataDir, 'logs'))).toBe(false);
    } finally {
      holder.close();
    }
  });
});
