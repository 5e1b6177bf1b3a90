import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackJson } from '../stacks/synthesis.ts';
import type { Assertion } from './assertions/assertion.ts';
import { is } from './assertions/assertion.ts';
import type { StackToTest } from './stacks.ts';

export const smallStack = {
  terraform: { backend: {}, required_providers: {} },
  provider: { kubernetes: [{}, { alias: 'edge' }], random: [{}] },
  resource: { kubernetes_namespace_v1: { nats: { metadata: { name: 'nats' } } } },
  variable: { token: { type: 'string', sensitive: true }, size: { type: 'string', default: '1Gi' } },
} as unknown as StackJson;

/** An assertion that succeeds for `smallStack`. */
export const named: Assertion = {
  statement: 'The namespace has its name',
  of: { type: 'kubernetes_namespace_v1', where: { 'metadata.name': 'nats' } },
  attributes: { 'metadata[0].name': is('nats') },
};

export function stackIn(folder: string, name: string, list: readonly Assertion[] = [named]): StackToTest {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  return {
    title: name,
    name,
    environment: name.split('-')[0] ?? '',
    folder: own,
    json: smallStack,
    assertions: { list },
  };
}

/** Writes a shell script as the program `terraform`. @returns the folder of the program, for PATH */
export function fakeTerraform(folder: string, cases: string, version = '1.11.4'): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const program = `#!/bin/sh
case "$1" in
  version) echo '{"terraform_version": "${version}"}'; exit 0 ;;
esac
${cases}
`;
  writeFileSync(join(bin, 'terraform'), program);
  chmodSync(join(bin, 'terraform'), 0o755);
  return bin;
}

export const bothPass = [
  '{"type":"version","terraform":"1.11.4"}',
  '{"type":"test_run","@testrun":"plan","test_run":{"path":"a","run":"plan","progress":"complete","status":"pass"}}',
  '{"type":"test_run","@testrun":"apply","test_run":{"path":"a","run":"apply","progress":"complete","status":"pass"}}',
].join('\n');
