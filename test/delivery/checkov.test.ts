import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptedChecks } from '../../delivery/checkov/accepted.ts';
import { judge } from '../../delivery/checkov/judge.ts';
import { runCheckov } from '../../delivery/checkov/run-checkov.ts';
import { writeStacksForCheckov } from '../../delivery/checkov/stacks-for-checkov.ts';
import { readStacks } from '../../synthesis/stack.ts';
import { temporaryFolder } from '../review/temporary-folder.ts';
import { goldenStacks } from './golden-stacks.ts';
import { remote, synthesized } from './project.ts';

const root = join(import.meta.dirname, '../..');

const reportOf = (failed: readonly (readonly [string, string])[], errors = 0) => ({
  summary: { passed: 5, parsing_errors: errors },
  results: {
    failed_checks: failed.map(([check, stack]) => ({
      ...{ check_id: check, check_name: 'name', resource: 'resource.x' },
      file_path: `/${stack}/cdk.tf.json`,
    })),
  },
});

describe('the judgement of a Checkov report', () => {
  const accepted = [
    { check: 'A', name: 'a', reason: 'x' },
    { check: 'B', name: 'b', stacks: ['dev-platform'], reason: 'x' },
  ];

  it('refuses a failure that is not accepted for the stack', () => {
    const report = reportOf([
      ['A', 'prod-platform'],
      ['B', 'dev-platform'],
      ['B', 'prod-platform'],
      ['C', 'dev-platform'],
    ]);
    const { refused, ...counts } = judge(report, accepted);
    expect(counts).toEqual({ passed: 5, accepted: 2, unused: [] });
    expect(refused.map(({ check, stack }) => `${check} ${stack}`)).toEqual([
      'B prod-platform',
      'C dev-platform',
    ]);
  });

  it('lists an exception without a matching failure as unused', () => {
    expect(judge(reportOf([['A', 'dev-platform']]), accepted).unused.map(({ check }) => check)).toEqual([
      'B',
    ]);
  });

  it('fails if Checkov could not parse a stack', () => {
    expect(() => judge(reportOf([], 2), accepted)).toThrow('Checkov could not parse 2 stacks');
    // If Checkov finds no Terraform file, its report contains counts, but no list of failed checks.
    expect(() => judge({ passed: 0, failed: 0 }, accepted)).toThrow('no report about Terraform JSON');
  });
});

describe('the Checkov checks that may fail', () => {
  it('have a unique id each, and a full sentence as the reason', () => {
    expect(new Set(acceptedChecks.map(({ check }) => check)).size).toBe(acceptedChecks.length);
    for (const { check, reason } of acceptedChecks) {
      expect(check).toMatch(/^CKV2?_[A-Z0-9]+_\d+$/);
      expect(reason).toMatch(/^[A-Za-z].{20,}\.$/);
    }
  });

  it('refer to existing stacks', () => {
    const names = goldenStacks().map(({ name }) => name);
    for (const { stacks = [] } of acceptedChecks) expect(names).toEqual(expect.arrayContaining([...stacks]));
  });
});

it('a stack file for Checkov contains the resources, but no provider and no backend', () => {
  const resource = { azurerm_subnet: { a: { name: 'a' } } };
  const stacks = readStacks(synthesized({ 'dev-a': { ...remote, resource, provider: { azurerm: [{}] } } }));
  const folder = temporaryFolder();
  writeStacksForCheckov(stacks, folder);
  expect(JSON.parse(readFileSync(join(folder, 'dev-a/cdk.tf.json'), 'utf8'))).toEqual({ resource });
});

it('Checkov must have the pinned version', async () => {
  const program = join(temporaryFolder(), 'checkov');
  const signal = new AbortController().signal;
  const [, version] = /^checkov==(\S+)$/m.exec(
    readFileSync(join(root, 'delivery/checkov/requirements.txt'), 'utf8'),
  ) ?? [''];
  await expect(runCheckov(root, [], { program, signal })).rejects.toThrow(
    `${program} cannot be run. Install it with`,
  );
  writeFileSync(program, '#!/bin/sh\necho 1.0.0\n', { mode: 0o755 });
  await expect(runCheckov(root, [], { program, signal })).rejects.toThrow(
    `has the version 1.0.0, expected ${version}.`,
  );
});
