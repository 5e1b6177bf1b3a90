import { processes } from './process-table.ts';

/** A shell often runs between npm and the script. */
const maxAncestors = 3;

/** Process id of the npm that runs this script; undefined if npm does not run it. */
export async function npmAncestor(script: string): Promise<number | undefined> {
  if (process.env.npm_lifecycle_event !== script) return undefined;
  let pid = process.ppid;
  for (let i = 0; i < maxAncestors && pid > 1; i += 1) {
    const [entry] = await processes([pid]);
    if (entry === undefined) return undefined;
    if (/\bnpm\b/.test(entry.command)) return pid;
    pid = entry.parent;
  }
  return undefined;
}

export function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
