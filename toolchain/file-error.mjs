/**
 * Describes a file error of the operating system in a sentence. Plain JavaScript, because `start.mjs` uses it before
 * a bundle exists.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

const reasons = {
  EACCES: ['permission denied', 'own'],
  EPERM: ['operation not permitted', 'own'],
  EROFS: ['the file system is read-only', 'elsewhere'],
  ENOSPC: ['the disk is full', 'space'],
  EDQUOT: ['the disk quota is used up', 'space'],
  ENOTDIR: ['the path contains a file in place of a folder', 'move'],
  EEXIST: ['a file with this name exists, and a folder was expected', 'move'],
  EISDIR: ['a folder with this name exists, and a file was expected', 'move'],
  ENOTEMPTY: ['the folder is not empty', 'move'],
  ENOENT: ['there is no such file or folder', 'missing'],
  ELOOP: ['its symbolic links form a loop', 'move'],
  ENAMETOOLONG: ['the path is too long', 'elsewhere'],
  EBUSY: ['another program uses it', 'busy'],
  EMFILE: ['too many files are open', 'limit'],
  ENFILE: ['too many files are open', 'limit'],
  EIO: ['the disk reports an error', 'elsewhere'],
};

const remedies = {
  own: (path) =>
    `Give it to this user (sudo chown -R "$(id -un)" ${quoted(present(path))}) or remove it, then run this again.`,
  elsewhere: () => 'Move the project to a disk and a folder that can be written, then run this again.',
  space: () => 'Free some space, then run this again.',
  move: (path) => `Move ${present(path)} away, then run this again.`,
  missing: (path) => `Restore ${path} (git checkout, npm ci), or remove a broken link, then run this again.`,
  busy: () => 'End that program, then run this again.',
  limit: () => 'Raise the limit (ulimit -n 4096), then run this again.',
};

/**
 * @param error anything that was thrown
 * @returns the file, the cause and the remedy; undefined if no file is the cause
 */
export function describeFileError(error) {
  if (!(error instanceof Error) || typeof error.path !== 'string') return undefined;
  const reason = reasons[error.code];
  if (reason === undefined || String(error.syscall).startsWith('spawn')) return undefined;
  const [what, remedy] = reason;
  const path = error.dest ?? error.path;
  return `${path} cannot be used (${error.syscall}): ${what}. ${remedies[remedy](path)}`;
}

/** The file itself, or the nearest folder above it that exists. */
function present(path) {
  const above = dirname(path);
  return existsSync(path) || above === path ? path : present(above);
}

function quoted(path) {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
