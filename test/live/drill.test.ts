import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { request } from 'undici';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { FaultStatus } from '../../console/controls/faults.ts';
import { until } from './processes.ts';

const { portOffset, ports } = inject('laptop');
const root = join(import.meta.dirname, '..', '..');
const journal = join(root, '.drill', `laptop-${portOffset}.json`);

function startDrill(...args: readonly string[]) {
  return execa(process.execPath, ['--import', 'tsx', 'drill/main.ts', ...args], {
    cwd: root,
    reject: false,
    timeout: 110_000,
  });
}

const onThisPipeline = ['laptop', '--port-offset', String(portOffset)] as const;

async function injected(): Promise<readonly string[]> {
  const { body } = await request(`http://127.0.0.1:${ports.console}/api/faults`);
  const faults = (await body.json()) as readonly FaultStatus[];
  return faults.filter((fault) => fault.injected).map(({ name }) => name);
}

/** Sends `signal` to the drill after the drill has injected the fault. */
async function signalledDrill(fault: string, signal: NodeJS.Signals) {
  const drill = startDrill(...onThisPipeline, '--fault', fault);
  let progress = '';
  drill.stderr.on('data', (chunk) => {
    progress += chunk;
  });
  await until(
    () => `the drill injects nothing:\n${progress}`,
    () => progress.includes(`${fault}: injected`),
    60_000,
  );
  expect(await injected()).toEqual([fault]);
  drill.kill(signal);
  return await drill;
}

describe('npm run drill on a running pipeline', () => {
  it('prints the duration of each drill step for two faults', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drill-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const junit = join(folder, 'drill.xml');
    const { exitCode, stdout, stderr } = await startDrill(
      ...onThisPipeline,
      '--fault',
      'edge-nats-killed',
      'records-lost',
      '--junit',
      junit,
    );
    expect(`${stdout}\n${stderr}`).toContain('2 passed, 0 failed, 0 not run.');
    expect(stdout).toMatch(
      /^✓ edge-nats-killed +NatsServerDown\{cluster="another-cluster"\}( +\d+\.\d){6}$/m,
    );
    expect(stdout).toMatch(/^✓ records-lost +BatchRecordsLost\{job="inventory"\}( +\d+\.\d){6}$/m);
    expect(readFileSync(junit, 'utf8')).toContain('tests="2" failures="0" errors="0"');
    expect(exitCode).toBe(0);
    expect(existsSync(journal)).toBe(false);
  });

  it('ends the fault after SIGTERM', async () => {
    const { exitCode, stdout } = await signalledDrill('records-lost', 'SIGTERM');
    expect(stdout).toContain('The drill was interrupted.');
    expect(exitCode).toBe(2);
    expect(await injected()).toEqual([]);
  });

  it('leaves a journal for `restore` after SIGKILL', async () => {
    await signalledDrill('edge-nats-killed', 'SIGKILL');
    expect(JSON.parse(readFileSync(journal, 'utf8'))).toMatchObject({
      faults: [{ name: 'edge-nats-killed' }],
    });
    const refused = await startDrill(...onThisPipeline, '--fault', 'records-lost');
    expect(refused.stderr).toMatch(/An earlier drill has left these faults injected: edge-nats-killed/);
    expect(refused.exitCode).toBe(2);

    const { stdout, exitCode } = await startDrill('restore');
    expect(stdout).toContain('edge-nats-killed');
    expect(exitCode).toBe(0);
    expect(await injected()).toEqual([]);
    expect(existsSync(journal)).toBe(false);
  });
});
