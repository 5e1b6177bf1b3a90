import { readFile } from 'node:fs/promises';

/** npm itself, or npm through the shell that it starts scripts with. */
const generations = 3;

/** The pid of the npm that has started us, if one has. */
export async function npmAncestor(): Promise<number | undefined> {
  if (process.env.npm_lifecycle_event !== 'start') return undefined;
  let pid = process.ppid;
  for (let i = 0; i < generations && pid > 1; i += 1) {
    const { parent, command } = await describe(pid).catch(() => ({ parent: 0, command: '' }));
    if (/\bnpm\b/.test(command)) return pid;
    pid = parent;
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

async function describe(pid: number): Promise<{ parent: number; command: string }> {
  if (process.platform === 'linux') {
    const [status, command] = await Promise.all(
      ['status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    return { parent: Number(/^PPid:\s+(\d+)$/m.exec(status ?? '')?.[1] ?? 0), command: command ?? '' };
  }
  // Loaded where it is needed: 0.15 s that a start on Linux does not spend.
  const { execa } = await import('execa');
  const { stdout } = await execa('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { timeout: 2000 });
  const [, parent = '0', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(stdout) ?? [];
  return { parent: Number(parent), command };
}
