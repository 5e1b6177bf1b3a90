import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { changedStacks, environmentsToPlan } from '../../delivery/stacks/changed.ts';
import { changesSince } from '../../delivery/stacks/changes-since.ts';
import { environmentOf, readStacks } from '../../synthesis/stack.ts';
import { goldenStacks } from './golden-stacks.ts';
import {
  commit,
  local,
  remote,
  type SmallStacks,
  smallProject,
  synthesized,
  writeStacks,
} from './project.ts';

const signal = new AbortController().signal;

function changes(before: SmallStacks, after: SmallStacks) {
  const [base, head] = [before, after].map((stacks) => readStacks(synthesized(stacks)));
  const changed = changedStacks(base ?? [], head ?? []);
  return {
    changed: changed.map(({ stack, change }) => `${stack} ${change}`),
    planned: environmentsToPlan(changed, head ?? []),
  };
}

/** Compares the synthesized stacks of a small project with the stacks at the commit `base`. */
const since = (project: string, base = 'HEAD') =>
  changesSince({ project, base, signal, report: () => undefined });

const size = (value: number) => ({ ...remote, resource: { disk: { a: { size: value } } } });

describe('the changed environments', { timeout: 60_000 }, () => {
  it('are the environments with a changed stack', async () => {
    const before = { 'dev-a': size(1), 'dev-b': size(1), 'prod-a': size(1), 'prod-b': size(1) };
    const { changed, planned } = changes(before, { ...before, 'prod-b': size(2) });
    expect({ changed, planned }).toEqual({ changed: ['prod-b changed'], planned: ['prod'] });
  });

  it('include every environment if all stacks changed', async () => {
    const { planned } = changes(
      { 'dev-a': size(1), 'prod-a': size(1) },
      { 'dev-a': size(2), 'prod-a': size(2) },
    );
    expect(planned).toEqual(['dev', 'prod']);
  });

  it('do not include an environment if only the order of JSON keys differs', async () => {
    const before = {
      'dev-a': { ...remote, x: { one: 1, '//': { path: 'a' }, two: [{ '//': 1 }] }, '//': { version: '1' } },
    };
    const after = { 'dev-a': { '//': { version: '2' }, x: { two: [{ '//': 2 }], one: 1 }, ...remote } };
    expect(changes(before, after).changed).toEqual([]);
  });

  it('include an existing environment with an added or removed stack', async () => {
    const one = { 'dev-a': size(1), 'prod-a': size(1) };
    const two = { ...one, 'dev-b': size(1) };
    expect(changes(one, two)).toMatchObject({ changed: ['dev-b added'], planned: ['dev'] });
    expect(changes(two, one)).toMatchObject({ changed: ['dev-b removed'], planned: ['dev'] });
    expect(changes(two, { 'prod-a': size(1) })).toMatchObject({
      changed: ['dev-a removed', 'dev-b removed'],
      planned: [],
    });
  });

  it('do not include an environment whose Terraform state is a local file', async () => {
    const stack = (x: number) => ({ 'local-a': { ...local, x } });
    expect(changes(stack(1), stack(2))).toMatchObject({ changed: ['local-a changed'], planned: [] });
  });

  it('are found even if an earlier synthesis failed', async () => {
    const project = smallProject({ 'dev-a': size(1), 'prod-a': size(1) });
    await commit(project);
    writeStacks(project, { dev: 'broken' });
    await expect(since(project)).rejects.toThrow(/cannot be synthesized:\n.*retention is wrong/);
    writeStacks(project, { 'dev-a': size(1), 'prod-a': size(2) });
    expect((await since(project)).environments).toEqual(['prod']);
    const { stdout } = await execa('git', ['worktree', 'list'], { cwd: project });
    expect(stdout.split('\n')).toHaveLength(1);
  });

  it('cannot be found for a commit that the clone does not have', async () => {
    const project = smallProject({ 'dev-a': size(1) });
    await commit(project);
    for (const base of ['origin/main', '--help', 'HEAD^1'])
      await expect(since(project, base)).rejects.toThrow(
        `${base} is not a commit of this clone. Expected a commit such as HEAD^1`,
      );
  });
});

it('the comparison with an earlier commit reports the start of each synthesis', async () => {
  const project = smallProject({ 'dev-a': size(1) });
  await commit(project);
  const sentences: string[] = [];
  await changesSince({ project, base: 'HEAD', signal, report: (sentence) => sentences.push(sentence) });
  expect(sentences).toEqual([
    'Synthesizing the stacks of HEAD …',
    'Synthesizing the stacks of this folder …',
  ]);
});

describe('the synthesis of an earlier commit', { timeout: 60_000 }, () => {
  it('uses installed packages if the lock file has not changed', async () => {
    const project = smallProject({ 'dev-a': size(1) });
    mkdirSync(join(project, 'node_modules/probe'), { recursive: true });
    writeFileSync(join(project, 'node_modules/probe/index.js'), '');
    writeFileSync(join(project, '.gitignore'), 'node_modules\n');
    // The lock file does not list `probe`. Therefore `npm ci` would not install `probe`, and the script would fail.
    const script = join(project, 'scripts/synth.mjs');
    const text = `import '../node_modules/probe/index.js';\n`;
    writeFileSync(script, text + readFileSync(script, 'utf8'));
    await commit(project);
    expect((await since(project)).changed).toEqual([]);
  });
});

it('the synthesized stacks are listed in the order in which they are deployed', () => {
  const stacks = readStacks(synthesized({ 'dev-z': size(1), 'dev-a': size(1), 'dev-m': size(1) }));
  expect(stacks.map(({ name }) => name)).toEqual(['dev-z', 'dev-a', 'dev-m']);
});

it('readStacks refuses a folder without synthesized stacks', () => {
  expect(() => readStacks('/no/such/folder')).toThrow(
    '/no/such/folder/manifest.json does not exist. Write the stacks first: npm run synth.',
  );
});

it('the name of every stack starts with its environment', () => {
  const names = goldenStacks().map(({ name }) => name);
  expect(new Set(names.map(environmentOf))).toEqual(new Set(Object.keys(environments)));
});
