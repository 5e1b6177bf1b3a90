import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import { committed } from './environments.ts';
import { synthesize } from './synthesis.ts';

const root = join(import.meta.dirname, '../..');
const sourceLines = readFileSync(join(root, 'main.ts'), 'utf8').split('\n');
const { texts } = await synthesize(committed);
const outdir = mkdtempSync(join(tmpdir(), 'main-'));
afterAll(() => rmSync(outdir, { recursive: true }));

describe('main.ts', () => {
  it('writes the stacks of all committed environments without the CDKTF CLI', async () => {
    const { stdout, stderr } = await execa(process.execPath, ['scripts/synth.mjs'], {
      cwd: root,
      env: { CDKTF_OUTDIR: outdir },
      timeout: 60_000,
    });
    expect([stdout, stderr]).toEqual(['', '']);
    const written = readdirSync(join(outdir, 'stacks'));
    expect(written.sort()).toEqual([...texts.keys()].sort());
    for (const stack of written) {
      expect(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'), stack).toBe(
        texts.get(stack),
      );
    }
  }, 60_000);

  it('fails for an invalid environment and creates no folder cdktf.out', async () => {
    const tree = mkdtempSync(join(tmpdir(), 'unsound-'));
    try {
      mkdirSync(join(tree, 'config/environments'), { recursive: true });
      // The test copies main.ts. A linked main.ts would import the valid environments of the repository.
      for (const path of ['main.ts', 'scripts', 'bundling', 'toolchain'])
        cpSync(join(root, path), join(tree, path), { recursive: true });
      for (const path of ['package.json', 'node_modules', 'stacks', 'platforms'])
        symlinkSync(join(root, path), join(tree, path));
      const unsound = {
        ...local,
        images: { ...local.images, tag: 'latest' },
        charts: { extraValues: { nats: { config: { jetstream: { enabled: false } } } } },
      };
      const text = `export const local = ${JSON.stringify(unsound)};`;
      writeFileSync(join(tree, 'config/environments/index.ts'), text);
      const { exitCode, stderr } = await execa(process.execPath, ['scripts/synth.mjs'], {
        cwd: tree,
        reject: false,
        timeout: 60_000,
      });
      expect(stderr).toMatch(/local\.images\.tag +is "latest"/);
      expect(stderr).toMatch(
        /local\.charts\.extraValues\.nats\.config\.jetstream\.enabled +false contradicts/,
      );
      expect(stderr).not.toMatch(/^ +at /m);
      expect(exitCode).toBe(1);
      expect(existsSync(join(tree, 'cdktf.out'))).toBe(false);
    } finally {
      rmSync(tree, { recursive: true });
    }
  });

  it('creates as many stacks as the README states', () => {
    const counts = /`local` runs [^.]+ has (\w+) stacks\. `dev` and `prod` [^.]+ have (\w+) stacks each/.exec(
      readFileSync(join(root, 'README.md'), 'utf8'),
    );
    const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six'];
    const count = (name: string) => [...texts.keys()].filter((stack) => stack.startsWith(`${name}-`)).length;
    expect(counts?.slice(1).map((word) => words.indexOf(word.toLowerCase()))).toEqual([
      count('local'),
      count('prod'),
    ]);
  });

  it('has fewer than 60 lines', () => {
    expect(sourceLines.length).toBeLessThan(60);
  });

  it('writes the same stacks with `node --import tsx main.ts` as with `npm run synth`', async () => {
    const plain = mkdtempSync(join(tmpdir(), 'plain-'));
    try {
      await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
        cwd: root,
        env: { CDKTF_OUTDIR: plain },
        timeout: 60_000,
      });
      for (const [stack, text] of texts)
        expect(readFileSync(join(plain, 'stacks', stack, 'cdk.tf.json'), 'utf8'), stack).toBe(text);
    } finally {
      rmSync(plain, { recursive: true });
    }
  }, 60_000);

  it('prints the line of main.ts that caused an unexpected error', async () => {
    const { stderr, exitCode } = await execa(process.execPath, ['scripts/synth.mjs'], {
      cwd: root,
      env: { CDKTF_OUTDIR: '/dev/null/not-a-folder' },
      reject: false,
      timeout: 60_000,
    });
    const [, line] = /at main \((?:.*\/)?main\.ts:(\d+):/.exec(stderr) ?? [];
    expect(sourceLines[Number(line) - 1]).toMatch(/new App/);
    expect(stderr).not.toContain('dist/synth/main.mjs');
    expect(exitCode).toBe(1);
  }, 60_000);

  it('is started by scripts/synth.mjs for `npm run synth` and for the CDKTF CLI', () => {
    const { app } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8'));
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect([app, scripts.synth]).toEqual(['node scripts/synth.mjs', 'node scripts/synth.mjs']);
  });
});
