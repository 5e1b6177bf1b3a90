import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyLocks, LockError, lockedVersions, lockSuffix } from '../../scripts/copy-locks.mjs';
import { committed } from '../stacks/environments.ts';
import { synthesize } from '../stacks/synthesis.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'locks-'));
  const sources = ['scripts/provider-locks.ts', 'scripts/copy-locks.mjs', 'settings', 'terraform'];
  for (const source of [...sources, 'config/terraform.ts']) {
    cpSync(join(root, source), join(folder, source), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'main.ts'),
    `import { mkdirSync, writeFileSync } from 'node:fs';
     for (const [stack, provider] of [['a', 'helm'], ['b', 'helm'], ['c', 'azurerm']]) {
       const folder = \`\${process.env.CDKTF_OUTDIR}/stacks/\${stack}\`;
       mkdirSync(folder, { recursive: true });
       const terraform = { required_providers: { [provider]: { version: '1.0.0' } } };
       writeFileSync(\`\${folder}/cdk.tf.json\`, JSON.stringify({ terraform }));
     }`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function lock(terraform: string | undefined, ...args: string[]) {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const locks = join(bin, 'locks');
  if (terraform !== undefined) {
    const program = `#!/bin/sh\necho "\${PWD##*/} $*" >> '${join(bin, 'calls')}'\n[ "$1" = version ] && echo '{"terraform_version": "1.11.4"}' && exit 0\n${terraform}\n`;
    writeFileSync(join(bin, 'terraform'), program);
    chmodSync(join(bin, 'terraform'), 0o755);
  }
  const command = ['--import', 'tsx', 'scripts/provider-locks.ts', '--locks', locks, ...args];
  const result = await execa(process.execPath, command, {
    cwd: folder,
    // PATH contains only this folder, because the machine may have a real Terraform.
    env: { PATH: bin },
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 30_000,
  });
  const calls = existsSync(join(bin, 'calls')) ? readFileSync(join(bin, 'calls'), 'utf8') : '';
  return { ...result, calls, locks };
}

describe.concurrent('npm run lock:providers', { timeout: 30_000 }, () => {
  it('writes a lock file for each stack', async () => {
    const { exitCode, calls, locks } = await lock('echo "of $PWD" > .terraform.lock.hcl');
    expect(exitCode).toBe(0);
    expect(readdirSync(locks).sort()).toEqual(['a', 'b', 'c'].map((stack) => `${stack}${lockSuffix}`));
    const platforms = '-platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64';
    expect(calls.match(/^. providers lock .*$/gm)).toEqual([
      `a providers lock ${platforms}`,
      `c providers lock ${platforms}`,
    ]);
  });

  it('passes `--platform` and `--fs-mirror` to Terraform', async () => {
    const options = ['--platform', 'linux_amd64', '--fs-mirror', '/mirror'];
    const { calls } = await lock(': > .terraform.lock.hcl', ...options);
    expect(calls).toContain('a providers lock -platform=linux_amd64 -fs-mirror=/mirror\n');
  });

  it('exits with code 2 if the registry cannot be reached', async () => {
    const { exitCode, all } = await lock('echo "Error: Could not retrieve providers for locking"; exit 1');
    expect(all).toMatch(/checksums of the providers cannot be read\.\nError: Could not retrieve/);
    expect(all).toContain('--fs-mirror or --net-mirror');
    expect(exitCode).toBe(2);
  });

  it('exits with code 2 without Terraform', async () => {
    const { exitCode, all } = await lock(undefined);
    expect(all).toContain('terraform is not on the PATH');
    expect(exitCode).toBe(2);
  });

  it('refuses a `--platform` without a processor architecture', async () => {
    const { exitCode, all } = await lock('', '--platform', 'linux');
    expect(all).toContain('Expected an operating system and an architecture');
    expect(exitCode).toBe(1);
  });
});

const lockText = (version: string) =>
  `provider "registry.terraform.io/hashicorp/helm" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "h1:x",\n  ]\n}\n`;

describe('the lock file of a stack', () => {
  function project(locked: string) {
    const own = mkdtempSync(join(folder, 'copy-'));
    const stack = join(own, 'out/stacks/local-workloads');
    mkdirSync(stack, { recursive: true });
    mkdirSync(join(own, 'locks'));
    const terraform = { required_providers: { helm: { source: 'helm', version: '3.1.2' } } };
    writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify({ terraform }));
    writeFileSync(join(own, 'locks', `local-workloads${lockSuffix}`), locked);
    writeFileSync(join(own, 'locks', `deleted-stack${lockSuffix}`), locked);
    return {
      copy: () => copyLocks(join(own, 'locks'), join(own, 'out')),
      copied: join(stack, '.terraform.lock.hcl'),
    };
  }

  it('is copied from the lock folder into the output folder of the stack', () => {
    const { copy, copied } = project(lockText('3.1.2'));
    copy();
    expect(readFileSync(copied, 'utf8')).toBe(lockText('3.1.2'));
  });

  it.each([
    [
      'a wrong version',
      lockText('3.1.1'),
      'contains version 3.1.1 of the provider helm. Expected version 3.1.2',
    ],
    ['no entry', '', 'contains no version of the provider helm. Expected version 3.1.2'],
  ])('is refused if a provider of the stack has %s', (_what, text, message) => {
    const { copy, copied } = project(text);
    expect(copy).toThrow(LockError);
    expect(copy).toThrow(message);
    expect(existsSync(copied)).toBe(false);
  });

  it('is optional: copyLocks succeeds without a folder of lock files', () => {
    expect(() => copyLocks(join(folder, 'no-locks'), folder)).not.toThrow();
  });

  it('has the pinned versions of the providers', async () => {
    const { stacks } = await synthesize(committed);
    const locks = join(root, 'locks');
    const files = existsSync(locks) ? readdirSync(locks).filter((file) => file.endsWith(lockSuffix)) : [];
    for (const file of files) {
      const pins = stacks.get(file.slice(0, -lockSuffix.length))?.terraform.required_providers ?? {};
      const versions = Object.entries(pins).map(([name, { version }]) => [name, version]);
      expect(lockedVersions(readFileSync(join(locks, file), 'utf8')), file).toEqual(
        Object.fromEntries(versions),
      );
    }
  });
});
