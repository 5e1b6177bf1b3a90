import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CouldNotRun } from './target.ts';

/**
 * The absolute path of a file for the results.
 * @throws CouldNotRun if the file cannot be written: a drill takes minutes, and its results would be lost
 */
export function writable(file: string): string {
  const path = resolve(file);
  if (existsSync(path) && !statSync(path).isFile()) {
    throw new CouldNotRun(`--junit cannot write ${path}: it is not a file. Name a file, such as drill.xml.`);
  }
  try {
    accessSync(dirname(path), constants.W_OK);
    return path;
  } catch {
    throw new CouldNotRun(
      `--junit cannot write ${path}: its folder is missing or not writable. Create the folder, or name another file.`,
    );
  }
}
