import { describe, expect, it } from 'vitest';
import { compareObject } from '../../../review/drift/compare-object.ts';
import { stackFindings } from '../../../review/drift/stack-drift.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';
import { plainSecrets } from '../../../review/secrets/find.ts';
import { type Draft, draftChange, planWith } from '../draft-plan.ts';

const [before, after] = ['hunter2-one', 'hunter2-two'];

/** Each function puts a secret into a value. The plan review must find the secret in the value. */
const secretValues: readonly (readonly [what: string, value: (secret: string) => Draft])[] = [
  ['a variable', (secret) => ({ env: [{ name: 'PGPASSWORD', value: secret }] })],
  ['a variable with a list', (secret) => ({ env: [{ name: 'PGPASSWORD', value: [secret] }] })],
  ['a variable with a key', (secret) => ({ env: [{ key: 'PGPASSWORD', value: secret }] })],
  ['a list', (secret) => ({ token: [secret, 'other'] })],
  ['an argument', (secret) => ({ args: ['--auth.password', secret] })],
  ['an argument with =', (secret) => ({ args: [`--auth.password=${secret}`] })],
  ['a variable of env', (secret) => ({ command: ['env', `PGPASSWORD=${secret}`, 'psql'] })],
  ['a shell variable', (secret) => ({ args: ['sh', '-c', `PGPASSWORD=${secret} psql`] })],
  ['a shell command option', (secret) => ({ args: ['sh', '-c', `x --client-secret ${secret}`] })],
  ['a script', (secret) => ({ data: { run: `set -e\nexport PGPASSWORD="${secret}"\npsql\n` } })],
  ['a nested assignment', (secret) => ({ args: [`--from-literal=password=${secret}`] })],
  ['JSON with arguments', (secret) => ({ text: JSON.stringify({ args: ['--client-secret', secret] }) })],
  ['JSON with a variable', (secret) => ({ text: JSON.stringify([{ name: 'PGPASSWORD', value: secret }]) })],
  ['a configuration file', (secret) => ({ data: { ini: `[x]\nuser = a\npassword = ${secret}\n` } })],
  ['YAML with a variable', (secret) => ({ text: `env:\n- name: PGPASSWORD\n  value: ${secret}\n` })],
  ['YAML with an argument', (secret) => ({ text: `args:\n- --client-secret=${secret}\n` })],
];

describe.each(secretValues)('a secret in %s', (_, value) => {
  it('is found by the plan review', () => {
    expect(plainSecrets(value(before))).toHaveLength(1);
  });

  it('is hidden in the drift report of an object', () => {
    const { differences } = compareObject({ kind: 'X', ...value(before) }, { kind: 'X', ...value(after) });
    expect(differences).toHaveLength(1);
    expect([JSON.stringify(differences), ...treeLines(differences)].join()).not.toContain('hunter2');
  });

  it('is hidden in the drift report of a stack', () => {
    const change = draftChange('azurerm_thing', 't', 'update', value(before), value(after));
    const [finding] = stackFindings('s', { refreshed: planWith('s', [], { resource_drift: [change] }) });
    expect(finding?.differences).toHaveLength(1);
    expect([JSON.stringify(finding), ...treeLines(finding?.differences ?? [])].join()).not.toContain(
      'hunter2',
    );
  });
});

it('a secret in the YAML values of a release is hidden in the drift of the stack', () => {
  const release = (secret: string) => ({
    name: 'nats',
    namespace: 'nats',
    values: [`container:\n  env:\n    API_TOKEN: ${secret}\n  args: ["--client-secret", "${secret}"]\n`],
  });
  const change = draftChange('helm_release', 'nats', 'update', release(before), release(after));
  const [finding] = stackFindings('s', { refreshed: planWith('s', [], { resource_drift: [change] }) });
  expect(finding?.differences).toHaveLength(2);
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

it('the drift of an object shows the list index of a changed secret', () => {
  const object = (secret: string): Draft => ({ kind: 'X', args: ['--client-secret', secret] });
  const { differences } = compareObject(object(before), object(after));
  expect(differences).toMatchObject([{ path: ['args', '1'] }]);
});
