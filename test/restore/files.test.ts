import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { move } from '../../restore/files.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, rename: vi.fn(real.rename) };
});

function folders() {
  const root = mkdtempSync(join(tmpdir(), 'move-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [from, to] = [join(root, 'from'), join(root, 'to')];
  mkdirSync(join(from, 'wal'), { recursive: true });
  writeFileSync(join(from, 'wal/1'), 'new');
  mkdirSync(to);
  writeFileSync(join(to, 'old'), '');
  return { root, from, to };
}

const failure = (code: string) => Object.assign(new Error(code), { code });

it.each([
  ['on the same file system', false],
  ['to another file system', true],
])('a folder that is moved %s replaces the folder at the target path', async (_where, isOther) => {
  const { root, from, to } = folders();
  if (isOther) vi.mocked(rename).mockRejectedValueOnce(failure('EXDEV'));
  await move(from, to);
  expect(readFileSync(join(to, 'wal/1'), 'utf8')).toBe('new');
  expect(readdirSync(to)).toEqual(['wal']);
  expect(readdirSync(root)).toEqual(['to']);
});

it('a failed move of a data folder leaves the folder unchanged at its old path', async () => {
  const { from, to } = folders();
  vi.mocked(rename).mockRejectedValueOnce(failure('EACCES'));
  await expect(move(from, to)).rejects.toThrow('EACCES');
  expect(readdirSync(from)).toEqual(['wal']);
});
