import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stackDrift } from '../../../review/drift/stack-drift.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function failure(shell: string | undefined, signal = new AbortController().signal): Promise<Error> {
  const folder = temporaryFolder();
  if (shell !== undefined) {
    writeFileSync(join(folder, 'terraform'), `#!/bin/sh\n${shell}\n`);
    chmodSync(join(folder, 'terraform'), 0o755);
  }
  vi.stubEnv('PATH', shell === undefined ? folder : `${folder}:/usr/bin:/bin`);
  return stackDrift('local-nats', { folder, accepted: new Map(), signal, say: () => undefined }).then(
    () => new Error('no failure'),
    (error) => error,
  );
}

afterEach(() => vi.unstubAllEnvs());

const planFails = (text: string) => `[ "$1" = plan ] || exit 0; echo '${text}'; exit 1`;
const shows = (json: string) => `case "$1" in plan) exit 2;; show) echo '${json}';; esac`;

describe('the drift check of a stack', () => {
  it.each([
    [
      'fails to install its providers',
      'echo "Error: Failed to query available provider packages"; exit 1',
      [
        'local-nats: terraform init failed',
        'Failed to query available provider packages',
        'TF_CLI_CONFIG_FILE',
      ],
    ],
    [
      'has no value of a variable',
      planFails(
        'Error: No value for required variable\nThe root module input variable "registry_password" is not set',
      ),
      [
        'terraform plan failed',
        'Set the environment variables of this command: TF_VAR_registry_password (docs/secrets.md)',
      ],
    ],
    [
      'finds a locked state',
      planFails('Error: Error acquiring the state lock'),
      ['Another run of Terraform has locked the state. Wait until it has ended'],
    ],
    [
      'has an empty state',
      `case "$*" in plan*-refresh-only*) ;; plan*) exit 2;; show*) echo '{"format_version":"1.2","terraform_version":"1.11.4"}';; esac`,
      ['the plan creates every resource', 'Deploy the environment first', 'docs/restore.md'],
    ],
    [
      'prints a plan that is truncated',
      shows('{"format_version":"1.2","secret":"hunter2'),
      ['the plan of local-nats: the file is not valid JSON; it may be truncated'],
    ],
    [
      'has an older version',
      shows('{"format_version":"1.2","terraform_version":"1.5.7"}'),
      ['terraform_version is 1.5.7, expected >= 1.11.0'],
    ],
  ])('prints a remedy if Terraform %s', async (_, shell, texts) => {
    const { message } = await failure(shell);
    for (const text of texts) expect(message).toContain(text);
    expect(message).not.toContain('hunter2');
  });

  it('reports that Terraform is not installed', async () => {
    expect((await failure(undefined)).message).toContain('terraform is not on the PATH, expected >= 1.11');
  });

  it('stops after an interruption', async () => {
    const stopping = new AbortController();
    const failed = failure('[ "$1" = plan ] && exec sleep 60; exit 0', stopping.signal);
    stopping.abort();
    expect((await failed).message).toContain('The comparison was interrupted');
  });
});
