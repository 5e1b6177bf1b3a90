import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Runs a script as main.ts is run, in a process of its own: what is loaded is the point. */
async function run(script: string): Promise<unknown> {
  const prelude = `
    require('./stacks/loading.ts').quickenRequire();
    const archiver = () => require('node:module').createRequire(require.resolve('cdktf'))('archiver');
    const loaded = (name) => Object.keys(require.cache).some((file) => file.includes('/node_modules/' + name));
    const answer = (value) => console.log(JSON.stringify(value));`;
  const { stdout } = await execa(process.execPath, ['--import', 'tsx', '-e', `${prelude}\n${script}`], {
    cwd: root,
    timeout: 30_000,
  });
  return JSON.parse(stdout);
}

describe('loading', () => {
  it('reads neither the zip writer nor the translations until they are asked for', async () => {
    const before = await run(`
      require('cdktf'); require('zod');
      answer([loaded('cdktf/'), loaded('zod/'), loaded('cdktf/node_modules/archiver-utils/') || loaded('archiver-utils/'), loaded('zod/v4/locales/de.cjs')]);`);
    expect(before).toEqual([true, true, false, false]);
  });

  it('still zips', async () => {
    const zip = await run(`
      require('cdktf');
      const archive = archiver()('zip');
      archive.append('text', { name: 'file' });
      const chunks = [];
      archive.on('data', (chunk) => chunks.push(chunk));
      archive.on('end', () => answer(Buffer.concat(chunks).subarray(0, 2).toString()));
      archive.finalize();`);
    expect(zip).toBe('PK');
  });

  it('still speaks German', async () => {
    const message = await run(`
      const { z } = require('zod');
      z.config(z.locales.de());
      answer(['de' in z.locales, Object.keys(z.locales).length, z.string().safeParse(1).error.issues[0].message]);`);
    expect(message).toEqual([
      true,
      expect.toSatisfy((n: number) => n > 50),
      expect.stringMatching(/^Ungültige Eingabe/),
    ]);
  });

  it('leaves a fault its place in the source', async () => {
    const { stderr } = await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: root,
      env: { CDKTF_OUTDIR: '/dev/null/not-a-folder' },
      reject: false,
      timeout: 30_000,
    });
    const [, line] = /at main \(.*main\.ts:(\d+):/.exec(stderr) ?? [];
    expect(readFileSync(join(root, 'main.ts'), 'utf8').split('\n')[Number(line) - 1]).toMatch(
      /new App|synth/,
    );
  });
});
