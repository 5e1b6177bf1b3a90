import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import { followedCopy, stepsOf } from '../followed-page.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/add-a-platform.md'), 'utf8');

/** Parts of the repository that the steps in docs/add-a-platform.md need. */
const parts = [
  'config',
  'metrics',
  'sources',
  'rules',
  'dashboards',
  'modules',
  'platforms',
  'stacks',
  'main.ts',
  'package.json',
  'tsconfig.json',
];

it('the platform in docs/add-a-platform.md can be synthesized', () => {
  const copy = followedCopy(parts, stepsOf(page));
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
