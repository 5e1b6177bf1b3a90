import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

export interface KubectlMock {
  /** Puts a kubectl of ours before any other; it notes how it was called, then runs the lines of shell. */
  does(shell: string): void;
  /** The arguments of each call so far, a line each. */
  calls(): string;
}

/** A kubectl of ours for each test of the file that asks for it. */
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
    calls: () => readFileSync(notes(), 'utf8'),
  };
}
