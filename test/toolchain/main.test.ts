import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programs } from '../../toolchain/index.ts';
import { fakeGo, program, type Workbench, workbench } from './workbench.ts';

const main = fileURLToPath(new URL('../../toolchain/main.ts', import.meta.url));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  bench: Workbench,
  env: NodeJS.ProcessEnv,
  interruptAt?: string,
  args: readonly string[] = [],
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], {
      env: { ...bench.env, PROGRAMS_CACHE: bench.cacheDir, ...env },
    });
    let [out, err] = ['', ''];
    let interrupted = false;
    child.stdout.on('data', (piece) => {
      out += piece;
    });
    child.stderr.on('data', (piece) => {
      err += piece;
      if (interruptAt === undefined || interrupted || !err.includes(interruptAt)) return;
      interrupted = child.kill('SIGINT');
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

describe('npm run programs', () => {
  it('prints each default program with its version, path and origin', async () => {
    const bench = workbench();
    for (const { name, version } of Object.values(programs)) {
      program(join(bench.bin, name), `${name}, version ${version} (branch: HEAD)`);
    }
    const { code, out, err } = await run(bench, {});
    const usual = Object.values(programs).filter(({ onDemand }) => !onDemand);
    const lines = usual.map(({ name, version }) => `${name} ${version} ${join(bench.bin, name)} path\n`);
    expect({ code, out, err }).toEqual({ code: 0, out: lines.join(''), err: '' });
  });

  it('obtains thanos if the command line names thanos', async () => {
    const bench = workbench();
    program(join(bench.bin, 'thanos'), 'thanos, version 0.42.4 (branch: HEAD)');
    const { code, out } = await run(bench, {}, undefined, ['thanos']);
    expect({ code, out }).toEqual({ code: 0, out: `thanos 0.42.4 ${join(bench.bin, 'thanos')} path\n` });
  });

  it('obtains only the programs that the command line names', async () => {
    const bench = workbench();
    program(join(bench.bin, 'pushgateway'), 'pushgateway, version 1.11.3 (branch: HEAD)');
    const { code, out } = await run(bench, {}, undefined, ['pushgateway']);
    expect({ code, out }).toEqual({
      code: 0,
      out: `pushgateway 1.11.3 ${join(bench.bin, 'pushgateway')} path\n`,
    });
  });

  it('refuses an unknown program, and lists the known programs', async () => {
    const { code, err } = await run(workbench(), {}, undefined, ['pushgatway']);
    expect(code).toBe(1);
    expect(err).toMatch(
      /'pushgatway' is invalid.* Allowed choices are prometheus, promtool, .*Usage: npm run programs/s,
    );
  });

  it('prints the failure and the remedy if a program cannot be obtained', async () => {
    const { code, out, err } = await run(workbench(), { PROGRAMS_FROM: 'source' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`prometheus ${programs.prometheus.version} could not be obtained`);
    expect(err).toContain('Install Go');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('exits with 130 after Ctrl-C', async () => {
    const bench = workbench();
    fakeGo(bench, { list: 'echo stale', build: 'exec /bin/sleep 60' });
    const { code, err } = await run(bench, { PROGRAMS_FROM: 'source' }, 'compiling');
    expect(code).toBe(130);
    expect(err).toContain('Interrupted while building prometheus.');
  });
});
