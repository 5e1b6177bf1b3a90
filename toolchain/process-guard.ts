import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** This shell script ends process groups when its pipe from Node closes, even if Node is killed. */
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
  /** Makes the guard end the remaining process groups. The guard process then exits. */
  release(): void;
}

/** The file exists only while the guard ends process groups. */
const marker = (dataDir: string) => join(dataDir, 'ending');

/**
 * Starts the guard. A new guard replaces a killed guard.
 * @param dataDir folder of the marker file
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
    // A running guard must not keep this process alive.
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

/** Waits until the guard of a crashed run has ended all processes of that run, at most 5 s. */
export async function leftoversEnded(dataDir: string): Promise<void> {
  const file = marker(dataDir);
  const started = Date.now();
  while (existsSync(file) && Date.now() - started < 5000 && isRecent(file)) await delay(50);
}

function isRecent(file: string): boolean {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified < 10_000;
}
