import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseOffset, shiftPorts } from '../../demo/settings.ts';
import { programs } from '../../toolchain/index.ts';
import { areFree } from '../../toolchain/port-check.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = readdirSync(root).filter((name) => !/^(\.|node_modules$|dist$|cdktf\.out$|test$)/.test(name));

function checkout(name: string): string {
  const parent = mkdtempSync(join(tmpdir(), 'start-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, name);
  for (const source of sources) cpSync(join(root, source), join(folder, source), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function idleOffset(): Promise<number> {
  for (let offset = 25_000 + (process.pid % 1000); offset < 30_000; offset += 41) {
    if (await areFree(Object.values(shiftPorts(offset)))) return parseOffset(String(offset));
  }
  throw new Error('No offset has only free ports.');
}

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

async function start(folder: string): Promise<Outcome> {
  const cache = mkdtempSync(join(tmpdir(), 'no-programs-'));
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
  const offset = String(await idleOffset());
  const child = spawn(
    process.execPath,
    [join(folder, 'demo', 'start.mjs'), '--no-open', '--port-offset', offset],
    { cwd: folder, env: { HOME: cache, PATH: cache, PROGRAMS_CACHE: cache, PROGRAMS_FROM: 'path' } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      output += piece;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

const noStack = /^\s+at .*:\d+/m;

describe('npm start in a folder with an unusual name', () => {
  it.each(['x$$y $&z $`w', 'a*b [c]{d,e}', `it's "quoted" tệp-文件 50%20#1 q?`])(
    'finds its files: %s',
    async (name) => {
      const { code, output } = await start(checkout(name));
      expect(output).toContain(`prometheus ${programs.prometheus.version} could not be obtained.`);
      expect(output).not.toMatch(noStack);
      expect(code).toBe(1);
    },
    60_000,
  );
});

describe('npm start', () => {
  it.each([
    ['.demo', 'the path contains a file in place of a folder'],
    ['dist/functions', 'a file with this name exists, and a folder was expected'],
  ])('fails if %s is a file instead of a folder', async (path, reason) => {
    const folder = checkout('project');
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '');
    const { code, output } = await start(folder);
    expect(output).toContain(join(folder, path));
    expect(output).toContain(reason);
    expect(output).toContain(`Move ${join(folder, path)} away, then run the command again.`);
    expect(output).not.toMatch(noStack);
    expect(code).toBe(1);
  });
});
