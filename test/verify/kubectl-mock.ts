import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

export interface KubectlMock {
  /** Puts a fake `kubectl` on PATH that runs the given shell commands. */
  does(shell: string): void;
  /** Returns one line for each call of the fake kubectl. The line contains all arguments of the call. */
  calls(): string;
}

/** Each test of the file has a new fake kubectl. */
export function kubectlMock(): KubectlMock {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  const notes = () => join(folder, 'calls');
  return {
    does(shell) {
      const path = join(folder, 'kubectl');
      writeFileSync(path, `#!/bin/sh\nCALLS='${notes()}'\necho "$@" >> "$CALLS"\n${shell}\n`);
      chmodSync(path, 0o755);
    },
    calls: () => (existsSync(notes()) ? readFileSync(notes(), 'utf8') : ''),
  };
}
