import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainSystemError } from '../../toolchain/error.ts';
import { describeFileError } from '../../toolchain/file-error.mjs';
import { ToolchainError } from '../../toolchain/index.ts';
import { workbench } from './workbench.ts';

const refused = (code: string, path: string, syscall = 'open') =>
  Object.assign(new Error(`${code}: refused, ${syscall} '${path}'`), { code, path, syscall });

describe('an error of the file system', () => {
  it.each([
    ['EACCES', 'permission denied', 'sudo chown -R'],
    ['EPERM', 'operation not permitted', 'sudo chown -R'],
    ['EROFS', 'the file system is read-only', 'Move the project'],
    ['ENOSPC', 'the disk is full', 'Free some space'],
    ['EDQUOT', 'the disk quota is used up', 'Free some space'],
    ['EISDIR', 'a folder with this name exists, and a file was expected', 'Move /tmp away'],
    ['EMFILE', 'too many files are open', 'ulimit -n'],
  ])('%s becomes a sentence with the path, the reason and the remedy', (code, reason, remedy) => {
    const text = describeFileError(refused(code, '/tmp'), '/tmp');
    expect(text).toContain(`/tmp cannot be used (open): ${reason}. `);
    expect(text).toContain(remedy);
  });

  it('suggests `chown` for the nearest existing parent folder', () => {
    const { root } = workbench();
    const folder = join(root, "it's");
    mkdirSync(folder);
    const text = describeFileError(refused('EACCES', join(folder, 'a', 'b'), 'mkdir'), root);
    expect(text).toContain(`chown -R "$(id -un)" '${root}/it'\\''s')`);
  });

  it.each([
    ['/', '/no-such-home/.cache/airflow', '/project'],
    ['/', '/no-such-home/.cache/airflow', undefined],
    ['/tmp', '/tmp/no-such-folder/a', '/tmp/no-such-folder'],
    ['/tmp', '/tmp', '/tm'],
  ])('does not suggest `chown` for the folder %s outside the project', (folder, path, root) => {
    const text = describeFileError(refused('EACCES', path, 'mkdir'), root);
    expect(text).not.toContain('chown');
    expect(text).toContain(
      `This user may not write to ${folder}. Ask the owner of this folder to create ${path} for this user`,
    );
  });

  it('names the symbolic link that points to itself', () => {
    const link = join(workbench().root, 'link');
    symlinkSync(link, link);
    expect(describeFileError(refused('ELOOP', join(link, 'a'), 'mkdir'))).toContain(`Move ${link} away`);
  });

  it('is explained with a remedy if mkdir throws the error', () => {
    const file = join(workbench().root, 'file');
    writeFileSync(file, '');
    let thrown: unknown;
    try {
      mkdirSync(join(file, 'folder'), { recursive: true });
    } catch (error) {
      thrown = error;
    }
    expect(describeFileError(thrown)).toContain(`Move ${file} away`);
  });

  it('becomes a ToolchainError that suggests PROGRAMS_CACHE', () => {
    const cause = refused('ENOTDIR', '/tmp/cache');
    const error = explainSystemError(cause, 'obtaining pushgateway 1.11.3', '/tmp/cache');
    expect(error).toBeInstanceOf(ToolchainError);
    expect((error as ToolchainError).message).toMatch(
      /the path contains a file in place of a folder.*set PROGRAMS_CACHE/,
    );
  });
});

it('describeFileError returns undefined for an error that is not about a file', () => {
  expect(describeFileError(new Error('EACCES'))).toBeUndefined();
  expect(describeFileError(refused('EACCES', 'nats-server', 'spawn nats-server'))).toBeUndefined();
  expect(describeFileError('EACCES')).toBeUndefined();
});
