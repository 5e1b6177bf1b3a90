import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlanError } from '../../review/plan/plan-error.ts';
import { parsePlan, readPlan } from '../../review/plan/read-plan.ts';
import { stackFile } from '../../review/plan/stack-file.ts';
import { planText } from './draft-plan.ts';
import { recordedText } from './recorded.ts';
import { temporaryFolder } from './temporary-folder.ts';

const file = { stack: 'local-monitoring', path: 'local-monitoring.json' };
const secret = 'hunter2-hunter2';

function messageOf(text: string): string {
  try {
    parsePlan(text, file);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return error.message;
  }
  throw new Error('the plan was accepted');
}

const edited = (change: Record<string, unknown>) =>
  JSON.stringify({ ...JSON.parse(planText([])), ...change });

describe('a file that is not a supported plan', () => {
  it.each<[what: string, text: string, reason: RegExp]>([
    ['an empty file', '', /the file is empty/],
    ['a binary plan', 'PK\u0003\u0004tfplan', /binary plan.*terraform show -json/],
    ['truncated JSON', planText([]).slice(0, 60), /not valid JSON; it may be truncated/],
    ['the log of a plan', '{"@level":"info"}\n{"@level":"error"}\n', /the log of `terraform plan -json`/],
    ['a state', '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', /the file is a state/],
    ['a state file', '{"version":4,"terraform_version":"1.11.4"}', /the file is a state file/],
    ['another JSON document', '{"a":1}', /has no format_version/],
    ['a list', '[]', /has no format_version/],
    ['null', 'null', /has no format_version/],
    ['another format', edited({ format_version: '2.0' }), /format_version is 2\.0, expected 1\.x/],
    ['a format that is no version', edited({ format_version: secret.repeat(9) }), /expected 1\.x/],
    [
      'an older Terraform',
      edited({ terraform_version: '1.5.7' }),
      /terraform_version is 1\.5\.7, expected >= 1\.11\.0/,
    ],
    [
      'a plan with a word as its version, because the word could be a secret',
      edited({ terraform_version: 'hunter2-1' }),
      /terraform_version is not a version/,
    ],
    ['a plan without a version', edited({ terraform_version: null }), /terraform_version is not a version/],
    ['a plan with errors', edited({ errored: true }), /the plan has errors.*fix them, and plan again/],
    [
      'a field of another type',
      edited({ resource_changes: [{ address: 7 }] }),
      /resource_changes\.0\.address/,
    ],
    [
      'an unknown action',
      edited({ resource_changes: [{ ...change(), change: { actions: ['explode'] } }] }),
      /actions/,
    ],
  ])('is refused: %s', (_, text, reason) => {
    const message = messageOf(text);
    expect(message).toMatch(reason);
    expect(message).toMatch(/^local-monitoring\.json: /);
    expect(message).toMatch(/\. (?:Write|Plan|Read|Run) .+\.$/);
  });

  it('is not quoted in the error', () => {
    const truncated = `{"format_version":"1.2","password":"${secret}`;
    const wrong = edited({ resource_changes: [{ address: { password: secret } }] });
    const version = edited({ terraform_version: { password: secret } });
    for (const text of [truncated, wrong, version]) expect(messageOf(text)).not.toContain(secret);
  });
});

it('a plan file that cannot be read is refused with an error code such as ENOENT', () => {
  expect(() => readPlan({ stack: 'x', path: '/does/not/exist.json' })).toThrow(/cannot be read \(ENOENT\)/);
  expect(() => readPlan({ stack: 'x', path: import.meta.dirname })).toThrow(/cannot be read \(EISDIR\)/);
});

describe('the reader of plans', () => {
  it('accepts a plan of a newer Terraform', () => {
    expect(parsePlan(edited({ terraform_version: '1.15.0-beta1', news: {} }), file).stack).toBe(file.stack);
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${planText([])}`)],
    ['UTF-16 of PowerShell', Buffer.from(`\ufeff${planText([])}`, 'utf16le')],
  ])('accepts a plan in %s', (_, bytes) => {
    const path = join(temporaryFolder(), 'plan.json');
    writeFileSync(path, bytes);
    expect(readPlan({ stack: 's', path }).resource_changes).toEqual([]);
  });

  it('accepts a plan of Terraform 1.11', () => {
    expect(parsePlan(recordedText('functions-image-tag'), file).resource_changes).toHaveLength(17);
  });
});

it.each([
  ['local-monitoring.json', 'local-monitoring', 'local-monitoring.json'],
  ['plans/prod-platform.json', 'prod-platform', 'plans/prod-platform.json'],
  ['cdktf.out/stacks/dev-workloads/plan.json', 'dev-workloads', 'cdktf.out/stacks/dev-workloads/plan.json'],
  ['local-monitoring=/tmp/p.json', 'local-monitoring', '/tmp/p.json'],
  ['plan.json', 'plan', 'plan.json'],
])('the argument %s names the stack %s', (argument, stack, path) => {
  expect(stackFile(argument)).toEqual({ stack, path });
});

function change() {
  return { address: 'a.b', mode: 'managed', type: 'a', name: 'b' };
}
