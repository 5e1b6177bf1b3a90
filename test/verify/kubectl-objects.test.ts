import { describe, expect, it } from 'vitest';
import { Kubectl } from '../../verify/kubectl.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does, calls } = kubectlMock();

function kubectlThat(shell: string): Kubectl {
  does(shell);
  return new Kubectl({ context: 'kind-monitoring' });
}

const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'nats', name: 'a' };
const unknownKind =
  'error: unable to recognize "STDIN": no matches for kind "Foo" in version "example.com/v1"';

describe('the kubectl client', () => {
  it('requests several objects by apiVersion, kind, name and namespace', async () => {
    const kubectl = kubectlThat('cat >> "$CALLS"; echo \'{"kind":"List","items":[{"kind":"ConfigMap"}]}\'');
    expect(await kubectl.objects([reference])).toEqual([{ kind: 'ConfigMap' }]);
    expect(calls()).toContain('get --filename - --ignore-not-found --show-managed-fields --output json');
    const { apiVersion, kind, name, namespace } = reference;
    expect(JSON.parse(calls().split('\n')[1] ?? '').items).toEqual([
      { apiVersion, kind, metadata: { name, namespace } },
    ]);
  });

  it.each([
    [
      'a single object instead of a list',
      `echo '{"kind":"ConfigMap","data":{}}'`,
      [{ kind: 'ConfigMap', data: {} }],
    ],
    ['no text', 'true', []],
    [
      'the objects of the known kinds, and an error about an unknown kind',
      `echo '{"kind":"List","items":[{}]}'; echo '${unknownKind}' >&2; exit 1`,
      [{}],
    ],
  ])('accepts this output of kubectl: %s', async (_, shell, expected) => {
    expect(await kubectlThat(`cat > /dev/null; ${shell}`).objects([reference])).toEqual(expected);
  });

  it('runs no command for an empty list of objects', async () => {
    expect(await kubectlThat('exit 1').objects([])).toEqual([]);
    expect(calls()).toBe('');
  });

  it('fails if kubectl reports an unknown kind and a missing permission', async () => {
    const kubectl = kubectlThat(`cat > /dev/null; echo '${unknownKind}' >&2; echo Forbidden >&2; exit 1`);
    await expect(kubectl.objects([reference])).rejects.toThrow(/Forbidden.*get nodes$/s);
  });

  it('lists the objects of all namespaces by label', async () => {
    const kubectl = kubectlThat('echo \'{"kind":"List","items":[{"kind":"Secret"}]}\'');
    expect(await kubectl.list('secret', undefined, 'owner=helm')).toEqual([{ kind: 'Secret' }]);
    expect(calls()).toContain('get secret --all-namespaces --selector owner=helm --output json');
    await expect(kubectlThat('echo Forbidden >&2; exit 1').list('secret', undefined, 'a')).rejects.toThrow(
      'Forbidden',
    );
  });
});
