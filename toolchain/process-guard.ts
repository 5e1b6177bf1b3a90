import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Script of the guard: a shell with a list of child processes. The guard ends these processes if this process ends
 * first.
 *
 * Only this process holds the pipe to the standard input of the guard. At the end of this process, even by SIGKILL, the
 * kernel closes the pipe. The guard then ends every process group on its list. The marker file `$1` exists until all
 * these processes have ended. (A parent-death signal would be simpler, but only Linux has it, and Node does not support
 * it.)
 */
const script = `
groups=""
while read -r sign pid; do
  case $sign in
    +) groups="$groups $pid" ;;
    -) kept=""; for g in $groups; do [ "$g" = "$pid" ] || kept="$kept $g"; done; groups=$kept ;;
  esac
done
[ -n "$groups" ] || exit 0
[ -z "$1" ] || : > "$1"
for g in $groups; do kill -TERM "-$g" 2>/dev/null; done
tries=0
while [ $tries -lt 30 ]; do
  alive=""
  for g in $groups; do kill -0 "-$g" 2>/dev/null && alive="$alive $g"; done
  [ -n "$alive" ] || break
  tries=$((tries + 1)); sleep 0.1
done
for g in $alive; do kill -KILL "-$g" 2>/dev/null; done
[ -z "$1" ] || rm -f "$1"
`;

export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  /** Ends the guard. Its list must be empty. */
  release(): void;
}

const marker = (dataDir: string) => join(dataDir, 'ending');

/**
 * Starts the guard. A killed guard is replaced by a new guard with the same list.
 * @param dataDir folder of the run. The next start in this folder waits with `leftoversEnded` for the guard.
 */
export function startGuard(dataDir?: string): Guard {
  const pids = new Set<number>();
  let released = false;
  let shell = open();

  function open() {
    const child = spawn('/bin/sh', ['-c', script, 'guard', dataDir === undefined ? '' : marker(dataDir)], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.on('error', () => {});
    child.on('error', () => {});
    // This process may end before the guard.
    child.unref();
    (child.stdin as Socket).unref();
    child.once('exit', () => {
      if (!released) shell = open();
    });
    for (const pid of pids) child.stdin.write(`+ ${pid}\n`);
    return child;
  }

  return {
    add(pid) {
      pids.add(pid);
      shell.stdin.write(`+ ${pid}\n`);
    },
    remove(pid) {
      pids.delete(pid);
      shell.stdin.write(`- ${pid}\n`);
    },
    release() {
      released = true;
      shell.stdin.end();
    },
  };
}

/** Waits until the guard of a crashed run has ended all processes of the run, at most 5 s. */
export async function leftoversEnded(dataDir: string): Promise<void> {
  const file = marker(dataDir);
  const started = Date.now();
  while (existsSync(file) && Date.now() - started < 5000 && isRecent(file)) await delay(50);
}

function isRecent(file: string): boolean {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified < 10_000;
}
