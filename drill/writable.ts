import { junitPath } from './junit-xml.ts';
import { CouldNotRun } from './target.ts';

/**
 * The absolute path of a JUnit file.
 * @throws CouldNotRun if the file cannot be written: a drill takes minutes, and its results would be lost
 */
export function writable(file: string): string {
  const found = junitPath(file);
  if ('problem' in found) throw new CouldNotRun(found.problem);
  return found.path;
}
