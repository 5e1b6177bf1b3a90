import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
let folder: string;

/** Creates a project with scripts/validate.ts. The main.ts creates two empty stack folders. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-'));
  for (const source of ['scripts/validate.ts', 'settings', 'terraform', 'config/terraform.ts']) {
    cpSync(join(root, source), join(folder, source), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'main.ts'),
    `import { mkdirSync } from 'node:fs';
     for (const stack of ['one', 'two']) mkdirSync(\`\${process.env.CDKTF_OUTDIR}/stacks/\${stack}\`, { recursive: true });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const version = '{"terraform_version": "1.11.4"}';

async function validate(terraform?: string, ...stacks: string[]) {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const calls = join(bin, 'calls');
  if (terraform !== undefined) {
    const program = `#!/bin/sh\necho "\${PWD##*/} $*" >> '${calls}'\n[ "$1" = version ] && echo '${version}' && exit 0\n${terraform}\n`;
    writeFileSync(join(bin, 'terraform'), program);
    chmodSync(join(bin, 'terraform'), 0o755);
  }
  const result = await execa(process.execPath, ['--import', 'tsx', 'scripts/validate.ts', ...stacks], {
    cwd: folder,
    // PATH has only this folder, because the machine may have a real Terraform.
    env: { PATH: bin },
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 30_000,
  });
  return { ...result, calls: terraform === undefined ? '' : readFileSync(calls, 'utf8') };
}

describe.concurrent('npm run validate', { timeout: 30_000 }, () => {
  it('validates every stack with Terraform', async () => {
    const { exitCode, all, calls } = await validate('exit 0');
    expect(all).toContain('one: valid\ntwo: valid\nAll 2 stacks in cdktf.out are valid.');
    expect(exitCode).toBe(0);
    for (const stack of ['one', 'two']) {
      expect(calls).toMatch(new RegExp(`${stack} init .*-backend=false .*\n${stack} validate `));
    }
  });

  it('fails if Terraform rejects a stack, and still validates the other stacks', async () => {
    const refuses = `case "$PWD $1" in *one\\ validate) echo 'Error: Unsupported argument'; exit 1;; esac`;
    const { exitCode, all } = await validate(refuses);
    expect(all).toContain(
      'one: is not valid.\nError: Unsupported argument\ntwo: valid\n1 of 2 stacks failed: one',
    );
    expect(exitCode).toBe(1);
  });

  it('fails if the providers of a stack cannot be installed', async () => {
    const { exitCode, all, calls } = await validate(
      `if [ "$1" = init ]; then echo 'Error: Failed to query available provider packages'; exit 1; fi`,
      'two',
    );
    expect(all).toMatch(
      /^two could NOT be checked: its providers cannot be installed\.\nError: Failed to query/,
    );
    expect(all).not.toContain('valid');
    expect(calls).not.toMatch(/^two validate/m);
    expect(exitCode).toBe(1);
  });

  it('fails if Terraform is missing, and states how to install it', async () => {
    const { exitCode, all } = await validate();
    expect(all).toContain('terraform is not on the PATH, expected >= 1.11.0. Install a version from');
    expect(exitCode).toBe(1);
  });
});
