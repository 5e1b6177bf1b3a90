/** Must stay JavaScript, because `cached-bundle.mjs` imports the file without a compiler. */
import { lstatSync } from 'node:fs';
import { dirname, sep } from 'node:path';

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
  EBUSY: ['another program uses the file', 'busy'],
  EMFILE: ['too many files are open', 'limit'],
  ENFILE: ['too many files are open', 'limit'],
  EIO: ['the disk reports an error', 'elsewhere'],
};

const remedies = {
  own: (path, root) => {
    const folder = present(path);
    // Outside the project, the folder can be `/`. Never suggest `chown -R` for `/`.
    if (root === undefined || !`${folder}${sep}`.startsWith(`${root}${sep}`)) {
      return `This user may not write to ${folder}. Ask the owner of this folder to create ${path} for this user, then run the command again.`;
    }
    return `Make this user the owner of the path (sudo chown -R "$(id -un)" ${quoted(folder)}) or remove the path, then run the command again.`;
  },
  elsewhere: () => 'Move the project to a disk and a folder that can be written, then run the command again.',
  space: () => 'Free some space, then run the command again.',
  move: (path) => `Move ${present(path)} away, then run the command again.`,
  missing: (path) =>
    `Restore ${path} (git checkout, npm ci), or remove a broken link, then run the command again.`,
  busy: () => 'End the other program, then run the command again.',
  limit: () => 'Raise the limit (ulimit -n 4096), then run the command again.',
};

/**
 * @param root project folder, if known
 * @returns a message; undefined if `error` is not a known file error
 */
export function describeFileError(error, root) {
  if (!(error instanceof Error) || typeof error.path !== 'string') return undefined;
  const reason = reasons[error.code];
  if (reason === undefined || String(error.syscall).startsWith('spawn')) return undefined;
  const [what, remedy] = reason;
  const path = error.dest ?? error.path;
  return `${path} cannot be used (${error.syscall}): ${what}. ${remedies[remedy](path, root)}`;
}

function present(path) {
  const above = dirname(path);
  return exists(path) || above === path ? path : present(above);
}

/** Also true for a symbolic link whose target does not exist. */
function exists(path) {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function quoted(path) {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
