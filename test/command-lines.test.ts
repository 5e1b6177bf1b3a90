import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** The arguments of `node` for each script that runs a program of this repository. */
const programs = Object.entries(scripts).flatMap(([name, command]) => {
  const args = /(?:^|&& )node ((?:--import tsx )?\S+\.(?:ts|mjs))$/.exec(command)?.[1];
  return args === undefined ? [] : [{ name, args: args.split(' ') }];
});
const spoken = (name: string) => (['start', 'test'].includes(name) ? `npm ${name} --` : `npm run ${name} --`);

/** A folder that contains no tests prevents an endless loop of test runs. */
let withoutTests: string;

beforeAll(() => {
  withoutTests = mkdtempSync(join(tmpdir(), 'command-lines-'));
  for (const file of ['test/run.mjs', 'toolchain/prerequisites.mjs']) {
    cpSync(join(root, file), join(withoutTests, file), { recursive: true });
  }
  for (const name of ['vitest', 'tsx']) {
    mkdirSync(join(withoutTests, 'node_modules', name), { recursive: true });
    writeFileSync(join(withoutTests, 'node_modules', name, 'package.json'), '{}');
  }
  symlinkSync(join(root, 'node_modules/commander'), join(withoutTests, 'node_modules/commander'));
});
afterAll(() => rmSync(withoutTests, { recursive: true }));

const run = (name: string, ...args: string[]) =>
  execa(process.execPath, [...(programs.find((p) => p.name === name)?.args ?? []), ...args], {
    cwd: name === 'test' ? withoutTests : root,
    reject: false,
    timeout: 60_000,
  });

it('the tested command lines include the npm scripts start, test and synth', () => {
  const known = ['start', 'test', 'synth', 'validate', 'check:cdktn', 'build', 'generate', 'counts'];
  expect(programs.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...known, 'programs', 'bench', 'verify']),
  );
});

it.concurrent.each(programs.map(({ name }) => name))(
  'the npm script %s rejects an unknown option, and the error states how to get help',
  { timeout: 60_000 },
  async (name) => {
    const { exitCode, stdout, stderr } = await run(name, '--no-such-option');
    expect(stderr).toContain("error: unknown option '--no-such-option'");
    expect(stderr).toContain(name === 'start' ? 'npm start -- --help' : `Usage: ${spoken(name)}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  },
);

it.concurrent.each(['test', 'synth', 'build', 'generate', 'counts', 'prose'])(
  'the npm script %s rejects every argument',
  { timeout: 60_000 },
  async (name) => {
    const { exitCode, stdout, stderr } = await run(name, 'no-such-argument');
    expect(stderr).toMatch(/^error: too many arguments/m);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  },
);

it('prerequisites.mjs rejects an unknown option, and the error states the usage', async () => {
  const { exitCode, stderr } = await execa(process.execPath, ['toolchain/prerequisites.mjs', '--tsx'], {
    cwd: root,
    reject: false,
  });
  expect(stderr).toMatch(/^error: .*'--tsx'.*Usage: node toolchain\/prerequisites\.mjs \[package\.\.\.\]$/s);
  expect(exitCode).toBe(1);
});

it('the build reports an invalid REVISION and prints no stack trace', { timeout: 60_000 }, async () => {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', 'functions/build.ts'],
    { cwd: root, env: { REVISION: 'two words' }, reject: false },
  );
  expect(stderr).toBe(
    'REVISION: expected a revision such as 1a2b3c4d5e6f or v1.4.2, got "two words". Set it to a revision, or unset it to use the checked-out commit.',
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
});
