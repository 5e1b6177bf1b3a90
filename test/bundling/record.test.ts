import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetOld, isUpToDate, remember } from '../../bundling/record.mjs';

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  for (const name of ['source.ts', 'lock.json', 'bundle.mjs']) writeFileSync(at(name), name);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `remember` writes no record if a source file is newer than `startedAt`. */
function make(startedAt = Date.now() + 1000): void {
  remember(at('record.json'), {
    key: 'revision 1',
    sources: [at('source.ts'), at('lock.json')],
    outputs: [at('bundle.mjs')],
    startedAt,
  });
}

it('a bundle is not up to date if the record of its source files does not exist', () => {
  expect(isUpToDate(at('record.json'), 'revision 1')).toBe(false);
});

it('a bundle is up to date right after its build', () => {
  make();
  expect(isUpToDate(at('record.json'), 'revision 1')).toBe(true);
});

it.each<[string, () => void]>([
  ['a source grows', () => writeFileSync(at('source.ts'), 'something longer')],
  ['a source is written with the same length', () => utimesSync(at('source.ts'), 1, 1)],
  ['a source is deleted', () => rmSync(at('source.ts'))],
  ['the lock file of the packages changes', () => writeFileSync(at('lock.json'), '{"packages": {}}')],
  ['the bundle is deleted', () => rmSync(at('bundle.mjs'))],
  ['the bundle is cut short', () => writeFileSync(at('bundle.mjs'), '')],
  ['the record is cut short', () => writeFileSync(at('record.json'), '{"key"')],
])('a bundle is not up to date when %s', (_, change) => {
  make();
  change();
  expect(isUpToDate(at('record.json'), 'revision 1')).toBe(false);
});

it('a bundle is not up to date if it was built from another revision of the project', () => {
  make();
  expect(isUpToDate(at('record.json'), 'revision 2')).toBe(false);
});

it('a bundle is out of date if a source file changed during the build', () => {
  make(Date.now() - 1000);
  expect(isUpToDate(at('record.json'), 'revision 1')).toBe(false);
});

it('bundle files that are not in use are deleted after a day', async () => {
  const hoursAgo = (name: string, hours: number) => {
    const time = new Date(Date.now() - hours * 3_600_000);
    utimesSync(at(name), time, time);
  };
  writeFileSync(at('earlier.mjs'), '');
  writeFileSync(at('yesterday.mjs'), '');
  hoursAgo('earlier.mjs', 23);
  hoursAgo('yesterday.mjs', 25);
  hoursAgo('bundle.mjs', 25);
  await forgetOld(folder, [at('bundle.mjs')]);
  const left = readdirSync(folder);
  expect(left).toEqual(expect.arrayContaining(['bundle.mjs', 'earlier.mjs']));
  expect(left).not.toContain('yesterday.mjs');
});
