import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findPython } from '../../../demo/airflow/python.ts';

function path(programs: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'python-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text === undefined ? 'exit 1' : `echo ${text}`}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

describe('the Python for Airflow', () => {
  it('is the program python3 if the version of python3 is supported', async () => {
    expect(await findPython(path({ python3: '3 11', 'python3.12': '3 12' }))).toBe('python3');
  });

  it('is a program such as python3.12 if python3 is too old', async () => {
    expect(await findPython(path({ python3: '3 9', 'python3.12': '3 12' }))).toBe('python3.12');
  });

  it('is python3.10 if python3 does not work', async () => {
    expect(await findPython(path({ python3: undefined, 'python3.10': '3 10' }))).toBe('python3.10');
  });
});

it('without a supported Python, the error lists the Python versions on PATH', async () => {
  const tooOld = findPython(path({ python3: '3 9' }));
  await expect(tooOld).rejects.toThrow(
    /Python 3\.10 to 3\.14\. Found on PATH: python3 with the version 3\.9\. Install a supported Python/,
  );
  await expect(findPython(path({}))).rejects.toThrow(
    /Found on PATH: no python3 that works\. Install a supported Python/,
  );
});
