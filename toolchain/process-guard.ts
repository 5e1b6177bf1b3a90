import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A shell that outlives this process and has the list of its children. The shell's standard input is a pipe that only this
 * process holds: when this process ends, even by SIGKILL, the kernel closes the pipe, and the guard ends every process
 * group that is still on its list. (Node has no parent-death signal, and that would be Linux only.)
 * While it ends them, the file `$1` exists, if there is one.
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
  /** Ends the guard itself, once its list is empty. */
  release(): void;
}

const marker = (dataDir: string) => join(dataDir, 'ending');

/**
 * Starts the guard. A guard that is killed is replaced, and the new one receives the list.
 * @param dataDir folder of the run, whose next start can wait with `leftoversEnded` until the guard has done its work
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
    // The guard must not keep this process alive.
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

/** Waits while the guard of a crashed run is still ending that run's processes; 5 s at the most. */
export async function leftoversEnded(dataDir: string): Promise<void> {
  const file = marker(dataDir);
  const started = Date.now();
  while (existsSync(file) && Date.now() - started < 5000 && isRecent(file)) await delay(50);
}

function isRecent(file: string): boolean {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified < 10_000;
}
