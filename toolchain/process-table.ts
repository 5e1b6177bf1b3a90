import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly rssBytes: number;
  readonly command: string;
}

const deadlineMs = 2000;
const run = promisify(execFile);

/** The running processes with these ids. Linux uses /proc, because small images have no `ps`. */
export function processes(pids: readonly number[]): Promise<readonly ProcessEntry[]> {
  return process.platform === 'linux' ? fromProc(pids) : fromPs(pids);
}

export async function fromProc(pids: readonly number[]): Promise<readonly ProcessEntry[]> {
  const entries = pids.map(async (pid) => {
    const [status = '', commandLine = ''] = await Promise.all(
      ['status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    const command = commandLine.replaceAll('\0', ' ').trim();
    return status === '' ? [] : [{ pid, parent: field('PPid'), rssBytes: field('VmRSS') * 1024, command }];
  });
  return (await Promise.all(entries)).flat();
}

/** Reads the process table with `ps`, because macOS has no /proc. */
export async function fromPs(pids: readonly number[]): Promise<readonly ProcessEntry[]> {
  if (pids.length === 0) return [];
  // `ps` can exit with 1 if a process has ended. The output still lists the processes that run.
  const { stdout } = await run('ps', ['-o', 'pid=,ppid=,rss=,args=', '-p', pids.join(',')], {
    timeout: deadlineMs,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, kib, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    return [
      { pid: Number(pid), parent: Number(parent), rssBytes: Number(kib) * 1024, command: command.trim() },
    ];
  });
}
