import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { local } from '../../config/environments/index.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/add-a-platform.md'), 'utf8');

/** A copy of the program, to which the test applies the steps of the page. */
function changedCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'platform-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of [
    'config',
    'metrics',
    'sources',
    'rules',
    'dashboards',
    'modules',
    'platforms',
    'stacks',
    'main.ts',
  ]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  for (const part of ['package.json', 'tsconfig.json']) cpSync(join(root, part), join(copy, part));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  let file = '';
  for (const [, named, language, code = ''] of page.matchAll(
    /^`([^`\n]+)`:$|^```(ts|diff)\n([\s\S]*?)^```$/gm,
  )) {
    if (named) file = join(copy, named);
    else if (language === 'ts') {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, code);
    } else writeFileSync(file, patched(readFileSync(file, 'utf8'), code));
  }
  return copy;
}

/** The text after a diff. Each old line must occur exactly once in the text. */
function patched(text: string, diff: string): string {
  const lines = diff.split('\n').slice(0, -1);
  const side = (without: string) =>
    lines
      .filter((line) => !line.startsWith(without))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [before, after] = [side('+'), side('-')];
  expect(text.split(before)).toHaveLength(2);
  return text.replace(before, () => after);
}

it('a platform is added with one folder and one line in the registry, then checked and synthesized', () => {
  const copy = changedCopy();
  const receiver = { host: 'prometheus.rack.example', ip: '10.0.0.9', sourceRanges: ['10.1.0.0/16'] };
  const environment = {
    ...local,
    name: 'rack',
    platform: { kind: 'metal', kubeconfig: { context: 'rack-1' }, addressPool: 'internal' },
    central: { ...local.central, receiver },
  };
  const values = (images: object) =>
    writeFileSync(
      join(copy, 'config/environments/index.ts'),
      `export const rack = ${JSON.stringify({ ...environment, images })};`,
    );
  const synth = () =>
    execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: copy,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit'], { cwd: copy, encoding: 'utf8' });

  values({ tag: '1.0.0' });
  expect(synth).toThrow(/rack\.images\.registry +is missing/);

  values(local.images);
  synth();
  const stack = JSON.parse(readFileSync(join(copy, 'cdktf.out/stacks/rack-monitoring/cdk.tf.json'), 'utf8'));
  expect(stack.provider.kubernetes).toEqual([expect.objectContaining({ config_context: 'rack-1' })]);
  expect(JSON.stringify(stack.resource.kubernetes_service_v1)).toContain(
    '"metallb.io/address-pool":"internal"',
  );
}, 120_000);
