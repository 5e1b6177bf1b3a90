import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Maximum depth of files below the folder of the run, such as `data/<component>/<file>`. */
const depth = 3;

/**
 * Creates the folders, and checks that this user may write to them and their files. Files of another user, for example
 * after `sudo npm start`, would cause failures minutes later.
 * @throws Error of the file system with the path
 */
export function requireWritable(folders: readonly string[]): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    requireBelow(folder, depth);
  }
}

function requireBelow(folder: string, levels: number): void {
  requireAccess(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  if (levels === 0) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) requireBelow(path, levels - 1);
    else if (entry.isFile()) requireAccess(path, constants.R_OK | constants.W_OK);
  }
}

/** A file that a running pipeline has just deleted causes no error. */
function requireAccess(path: string, mode: number): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
