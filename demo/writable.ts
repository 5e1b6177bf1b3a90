import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The check includes the files in `data/<component>`, but no files in deeper folders. */
const depth = 3;

/** @throws the error of the file system, with the path */
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

/** A running pipeline may delete a file during the check. A deleted file causes no error. */
function requireAccess(path: string, mode: number): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
