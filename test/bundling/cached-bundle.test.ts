import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedBundle } from '../../bundling/cached-bundle.mjs';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cached-bundle-')));
  write('package.json', '{"type":"module"}');
  write('greeting.ts', `export const greeting: string = 'first';`);
  write('main.ts', `import { greeting } from './greeting.ts';\nconsole.log(greeting, import.meta.dirname);`);
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file with an old modification time, because `cachedBundle` rebuilds very recent sources. */
function write(path: string, text: string): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, path), text);
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(join(root, path), hourAgo, hourAgo);
}

const bundle = () => cachedBundle({ root, entry: 'main.ts', folder: 'program' });
const output = async () => (await execa(process.execPath, [await bundle()], { timeout: 20_000 })).stdout;

describe('a cached bundle', () => {
  it('has the folder of its source file as `import.meta.dirname`', async () => {
    expect(await output()).toBe(`first ${root}`);
  });

  it('is not built again while no source changes', async () => {
    const before = statSync(await bundle());
    expect(statSync(await bundle())).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('is built again when a source changes', async () => {
    await bundle();
    write('greeting.ts', `export const greeting: string = 'second';`);
    expect(await output()).toBe(`second ${root}`);
  });

  it('fails with the name of the file if a source file does not compile', async () => {
    write('greeting.ts', 'export const greeting = ;');
    await expect(bundle()).rejects.toThrow(/^main\.ts cannot be bundled: [\s\S]*greeting\.ts:1/);
  });

  it('fails and suggests npm ci if the npm packages are missing', async () => {
    rmSync(join(root, 'node_modules'));
    await expect(bundle()).rejects.toThrow(/The packages are not installed\. Run npm ci first/);
  });
});
