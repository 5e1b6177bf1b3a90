import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { commandNotFound, runChild } from '../../toolchain/child.ts';
import { isRunning } from '../is-running.ts';
import { script, workbench } from './workbench.ts';

const env = { PATH: '/bin:/usr/bin' };
const childModule = new URL('../../toolchain/child.ts', import.meta.url).href;

describe('a child process', () => {
  it('that runs longer than its deadline is ended', async () => {
    const result = await runChild('sleep', ['60'], { env, deadlineMs: 20 });
    expect(result).toEqual({ exitCode: undefined, outcome: 'overdue' });
  });

  it('that prints nothing for too long is ended', async () => {
    expect(await runChild('sleep', ['60'], { env, silenceMs: 20 })).toMatchObject({ outcome: 'silent' });
    const talking = ['-c', 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; sleep 0.1; done'];
    const result = await runChild('sh', talking, { env, silenceMs: 1_000 });
    expect(result).toEqual({ exitCode: 0, outcome: 'exited' });
  });

  it('that ignores SIGTERM is killed', async () => {
    const interruption = new AbortController();
    const stubborn = ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'];
    const onOutput = () => interruption.abort();
    const result = await runChild('sh', stubborn, {
      env,
      signal: interruption.signal,
      onOutput,
      graceMs: 50,
    });
    expect(result.outcome).toBe('aborted');
  });

  it('ends together with its background processes', async () => {
    let background = 0;
    const onOutput = (line: string) => {
      background = Number(line);
    };
    await runChild('sh', ['-c', 'sleep 60 & echo $!'], { env, onOutput });
    expect(background).toBeGreaterThan(0);
    await vi.waitUntil(() => !isRunning(background), { timeout: 5_000 });
  });

  it.each([
    ['exits', 'process.exit()'],
    ['is killed', 'process.kill(process.pid, "SIGKILL")'],
  ])('ends when its parent process %s', async (_, ending) => {
    const { root } = workbench();
    const pidFile = join(root, 'pid');
    script(join(root, 'long'), `echo $$ > '${pidFile}'; echo started; exec /bin/sleep 60`);
    const main = join(root, 'main.mjs');
    writeFileSync(
      main,
      `const { runChild } = await import('${childModule}');
       await runChild('${join(root, 'long')}', [], { env: process.env, onOutput: () => ${ending} });`,
    );
    const options = { stdio: 'ignore' } as const;
    const parent = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], options);
    await new Promise((resolve) => parent.once('exit', resolve));
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitUntil(() => !isRunning(pid), { timeout: 5_000 });
  });

  it('whose program does not exist has the exit code 127', async () => {
    expect(await runChild('no-such-program', [], { env })).toEqual({
      exitCode: commandNotFound,
      outcome: 'exited',
    });
  });
});
