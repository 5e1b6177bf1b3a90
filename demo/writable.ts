import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Data of one program lies at most this many folders below the run's folder: data/<component>/<file>. */
const depth = 3;

/**
 * Makes the folders, and looks whether this user may write them and what they hold: an earlier start by another user
 * (`sudo npm start`) leaves files that the programs would fail on one by one, minutes later.
 * @throws Error of the file system, with its path
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

/** A file that a running pipeline has just deleted is no obstacle. */
function requireAccess(path: string, mode: number): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
