import { junitPath } from './junit-xml.ts';
import { CouldNotRun } from './target.ts';

/**
 * @returns the absolute path
 * @throws CouldNotRun if the file cannot be written
 */
export function writable(file: string): string {
  const found = junitPath(file);
  if ('problem' in found) throw new CouldNotRun(found.problem);
  return found.path;
}
