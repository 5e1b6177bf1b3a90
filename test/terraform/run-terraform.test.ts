import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { requireTerraform } from '../../terraform/require-terraform.ts';
import { runTerraform, type TerraformOptions } from '../../terraform/run-terraform.ts';

/** Calls `runTerraform` with a shell script in place of Terraform. */
function run(shell: string, options: Partial<TerraformOptions> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'terraform-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const program = join(cwd, 'terraform');
  writeFileSync(program, `#!/bin/sh\n${shell}\n`);
  chmodSync(program, 0o755);
  return { cwd, result: runTerraform(['plan'], { cwd, program, deadlineMs: 20_000, ...options }) };
}

describe('a run of Terraform', () => {
  it('asks for no input and does not look for a newer Terraform version', async () => {
    const { stdout, failure } = await run('echo "$TF_INPUT $TF_IN_AUTOMATION $CHECKPOINT_DISABLE $1"').result;
    expect(stdout).toBe('0 1 1 plan');
    expect(failure).toBeUndefined();
  });

  it('reports at most 3,000 characters, starting at the first error', async () => {
    const { reason, errors, failure } = await run(
      'echo "Warning: x" >&2; echo "Error: no such bucket" >&2; head -c 5000 /dev/zero | tr "\\0" x >&2; exit 1',
    ).result;
    expect(failure).toBe('failed');
    expect(reason).toMatch(/^Error: no such bucket\nx+$/);
    expect(reason).toHaveLength(3000);
    expect(errors.length).toBeGreaterThan(5000);
  });

  it('does not copy the plan into its error, because a plan can contain secrets', async () => {
    const result = await run('echo \'{"password":"hunter2","text":"Error: x"}\'; exit 1').result;
    expect(result.failure).toBe('failed');
    expect(result.reason).not.toContain('hunter2');
    expect(result.reason).not.toBe('');
  });

  it('reports an error that Terraform writes to the standard output', async () => {
    expect((await run('echo; echo "Error: Unsupported argument"; exit 1').result).reason).toBe(
      'Error: Unsupported argument',
    );
  });

  it('passes each line to onLine and returns no output', async () => {
    const lines: string[] = [];
    const { stdout } = await run('echo one; echo two', { onLine: (line) => lines.push(line) }).result;
    expect(lines).toEqual(['one', 'two']);
    expect(stdout).toBe('');
  });

  it('receives SIGINT at its deadline and can store its state', async () => {
    const { cwd, result } = run('trap "touch stored; exit 1" INT; while :; do sleep 0.05; done', {
      deadlineMs: 1000,
    });
    expect(await result).toMatchObject({ failure: 'overdue', reason: 'The command did not end within 1 s.' });
    expect(existsSync(join(cwd, 'stored'))).toBe(true);
  });

  it('receives SIGKILL if it ignores SIGINT', async () => {
    const { result } = run('trap "" INT; while :; do sleep 0.05; done', { deadlineMs: 300, graceMs: 100 });
    expect((await result).failure).toBe('overdue');
  });

  it('returns the failure `interrupted` if the caller aborts the run', async () => {
    const stopping = new AbortController();
    const { result } = run('exec sleep 60', { signal: stopping.signal });
    stopping.abort();
    expect((await result).failure).toBe('interrupted');
  });

  it('reports a missing Terraform with the remedy', async () => {
    const { result } = run('', { program: '/no/such/terraform' });
    expect(await result).toMatchObject({
      failure: 'missing',
      reason: expect.stringMatching(
        /^terraform is not on the PATH, expected >= [\d.]+\. Install a version from/,
      ),
    });
  });

  it('reports a missing stack folder as a failure, not as a missing Terraform', async () => {
    const { result } = run('', { cwd: '/no/such/folder' });
    expect(await result).toMatchObject({ failure: 'failed', reason: expect.stringContaining('cwd') });
  });
});

it.each([
  [
    'is too old',
    'echo \'{"terraform_version": "1.9.0"}\'',
    'terraform has the version 1.9.0, expected >= 1.11.0',
  ],
  ['prints no version', 'echo x', 'terraform version failed: x'],
])('requireTerraform throws an error if Terraform %s', async (_what, shell, message) => {
  const { cwd, result } = run(shell);
  await result;
  vi.stubEnv('PATH', `${cwd}:/usr/bin:/bin`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await expect(requireTerraform()).rejects.toThrow(message);
});
