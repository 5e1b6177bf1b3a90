import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { healthyAfterMs, restartDelay } from '../../../demo/supervisor/backoff.ts';
import { ManagedProcess } from '../../../demo/supervisor/managed-process.ts';
import { hastened } from '../../hastened.ts';
import { isRunning } from '../../is-running.ts';

let folder: string;
let health: Server;
let healthUrl: string;
let looks = 0;
let process_: ManagedProcess | undefined;
const guarded = { add: vi.fn(), remove: vi.fn(), release: vi.fn() };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'managed-process-'));
  health = createServer((_, response) => {
    looks += 1;
    response.end();
  });
  await new Promise<void>((resolve) => health.listen(0, '127.0.0.1', resolve));
  healthUrl = `http://127.0.0.1:${(health.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await process_?.stop(500);
  health.closeAllConnections();
  health.close();
  rmSync(folder, { recursive: true });
});

function run(script: string, onState?: () => void): ManagedProcess {
  process_ = new ManagedProcess(
    {
      name: 'program',
      command: process.execPath,
      args: ['-e', script],
      env: {},
      cwd: folder,
      logFile: join(folder, 'logs', 'program.log'),
      healthUrl,
      onState,
    },
    guarded,
  );
  process_.start();
  return process_;
}

const forever = 'setInterval(() => {}, 1000);';

describe('a supervised program', () => {
  it('is "running" when it answers', async () => {
    const program = run(forever);
    expect(program.state).toBe('starting');
    await vi.waitFor(() => expect(program.state).toBe('running'));
    expect(guarded.add).toHaveBeenCalledWith(program.pid);
  });

  it('starts again after it is killed', async () => {
    const program = run(forever);
    await vi.waitFor(() => expect(program.state).toBe('running'));
    const first = program.pid;
    program.signal('SIGKILL');
    await vi.waitFor(() => expect(program.state).toBe('restarting'));
    await vi.waitFor(() => expect(program.state).toBe('running'), 3000);
    expect(program.pid).not.toBe(first);
    expect(program).toMatchObject({ restarts: 1, lastExit: 'SIGKILL' });
    expect(guarded.remove).toHaveBeenCalledWith(first);
  });

  it('is restarted after the delay that is passed to `killFor`', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    try {
      const program = run(forever);
      await vi.waitFor(() => expect(program.state).toBe('running'));
      const outageMs = 700;
      expect(program.killFor(outageMs)).toBe(true);
      await vi.waitFor(() => expect(program.state).toBe('restarting'));
      expect(timers.mock.calls.map(([, ms]) => ms)).toContain(outageMs);
      expect(program.killFor(outageMs)).toBe(false);
      await vi.waitFor(() => expect(program.state).toBe('running'), 5000);
      timers.mockClear();
      program.signal('SIGKILL');
      await vi.waitFor(() => expect(program.state).toBe('restarting'));
      const delays = timers.mock.calls.map(([, ms]) => ms);
      expect(delays).toContain(restartDelay(1));
      expect(delays).not.toContain(outageMs);
    } finally {
      timers.mockRestore();
    }
  });

  it('reports each change of its state exactly once', async () => {
    const states: string[] = [];
    const program = run(forever, () => states.push(process_?.state ?? ''));
    await vi.waitFor(() => expect(program.state).toBe('running'));
    program.signal('SIGKILL');
    await vi.waitFor(() => expect(states.at(-1)).toBe('restarting'));
    await vi.waitFor(() => expect(program.state).toBe('running'), 3000);
    expect(states.slice(-4)).toEqual(['running', 'restarting', 'starting', 'running']);
  });

  it('has a restart delay that doubles with each restart, up to 10 s', () => {
    expect([0, 1, 2, 3].map(restartDelay)).toEqual([250, 500, 1000, 2000]);
    expect(restartDelay(40)).toBe(10_000);
  });

  it('has the shortest restart delay again after it was healthy for 30 seconds', () =>
    hastened(40, async () => {
      const timers = vi.spyOn(globalThis, 'setTimeout');
      const program = run(forever);
      const waitAfterKill = async () => {
        await vi.waitFor(() => expect(program.state).toBe('running'), 3000);
        timers.mockClear();
        program.signal('SIGKILL');
        await vi.waitFor(() => expect(program.state).toBe('restarting'));
        return timers.mock.calls.map(([, ms]) => ms).find((ms) => [250, 500, 1000].includes(ms ?? 0));
      };
      try {
        expect([await waitAfterKill(), await waitAfterKill()]).toEqual([250, 500]);
        await vi.waitFor(() => expect(program.state).toBe('running'), 3000);
        const before = looks;
        vi.spyOn(Date, 'now').mockReturnValue(Date.now() + healthyAfterMs + 1);
        await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 1));
        expect(await waitAfterKill()).toBe(250);
      } finally {
        vi.restoreAllMocks();
      }
    }));

  it('is killed after the grace period if it ignores SIGTERM', async () => {
    const program = run(`process.on('SIGTERM', () => {}); process.stdout.write('deaf\\n'); ${forever}`);
    const log = join(folder, 'logs', 'program.log');
    await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toContain('deaf'));
    const pid = program.pid as number;
    await program.stop(200);
    expect(program.state).toBe('stopped');
    expect(isRunning(pid)).toBe(false);
  });

  it('ignores a signal while it does not run', async () => {
    const program = run(forever);
    await program.stop(500);
    expect(program.signal('SIGSTOP')).toBe(false);
  });

  it('starts again if the supervisor requests a start while the process stops', async () => {
    const program = run(forever);
    await vi.waitFor(() => expect(program.state).toBe('running'));
    const { pid } = program;
    const stopped = program.stop(500);
    program.start();
    await stopped;
    await vi.waitFor(() => expect(program.state).toBe('running'));
    expect(program.pid).not.toBe(pid);
  });

  it('stays stopped if the last request is a stop', async () => {
    const program = run(forever);
    await vi.waitFor(() => expect(program.state).toBe('running'));
    const first = program.stop(500);
    program.start();
    await Promise.all([first, program.stop(500)]);
    expect(program).toMatchObject({ state: 'stopped', pid: undefined });
  });

  it('is not started again after a call of `retire`', async () => {
    const program = run(forever);
    await vi.waitFor(() => expect(program.state).toBe('running'));
    program.retire();
    const stopped = program.stop(500);
    program.start();
    await stopped;
    program.start();
    expect(program).toMatchObject({ state: 'stopped', pid: undefined });
  });

  it('stops even if it is suspended', async () => {
    const program = run(forever);
    await vi.waitFor(() => expect(program.state).toBe('running'));
    program.signal('SIGSTOP');
    await program.stop(2000);
    expect(program.state).toBe('stopped');
  });

  it('ends together with its child processes', async () => {
    const log = join(folder, 'logs', 'program.log');
    const program = run(`
      const child = require('child_process').spawn(process.execPath, ['-e', '${forever}']);
      console.log('child', child.pid);
      ${forever}`);
    const grandchild = await vi.waitFor(() => {
      const pid = /child (\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
      expect(pid).toBeDefined();
      return Number(pid);
    });
    program.signal('SIGKILL');
    await program.stop(500);
    await vi.waitFor(() => expect(isRunning(grandchild)).toBe(false));
  });

  it('is in the state "restarting" after a failed start', async () => {
    process_ = new ManagedProcess(
      {
        name: 'missing',
        command: join(folder, 'missing'),
        args: [],
        env: {},
        cwd: folder,
        logFile: join(folder, 'missing.log'),
        healthUrl,
      },
      guarded,
    );
    process_.start();
    await vi.waitFor(() => expect(process_).toMatchObject({ state: 'restarting' }));
    expect(process_.lastExit).toContain('ENOENT');
  });

  it('is "unhealthy" when it no longer answers', () =>
    hastened(40, async () => {
      const program = run(forever);
      await vi.waitFor(() => expect(program.state).toBe('running'));
      health.closeAllConnections();
      await new Promise((resolve) => health.close(resolve));
      await vi.waitFor(() => expect(program.state).toBe('unhealthy'), 5000);
    }));
});
