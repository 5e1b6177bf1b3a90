import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Kubectl } from '../../verify/kubectl.ts';
import { hastened } from '../hastened.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does, calls } = kubectlMock();

function kubectlThat(shell: string): Kubectl {
  does(shell);
  return new Kubectl({ context: 'kind-monitoring', path: '/kubeconfig' });
}

describe('the kubectl client', () => {
  it('uses files as input and output of a command in a pod', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'execute-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [input, output] = ['input', 'output'].map((name) => join(folder, name)) as [string, string];
    writeFileSync(input, Buffer.from([0, 255, 10]));
    const kubectl = kubectlThat('exec cat');
    expect(await kubectl.execute('nats', 'nats-0', ['tar', '-x'], { input, output })).toBe('');
    expect([...readFileSync(output)]).toEqual([0, 255, 10]);
    expect(calls()).toContain('exec --stdin --namespace nats nats-0 -- tar -x');
  });

  it('reports the error of a command in a pod', async () => {
    const kubectl = kubectlThat('echo "tar: no space" >&2; exit 2');
    await expect(kubectl.execute('nats', 'nats-0', ['tar', '-x'])).rejects.toThrow(
      'kubectl exec in nats/nats-0: tar: no space',
    );
  });

  it('lists the objects with a label', async () => {
    const kubectl = kubectlThat(`echo '{"items": [{"kind": "Pod"}]}'`);
    expect(await kubectl.list('pods', 'nats', 'app=nats')).toEqual([{ kind: 'Pod' }]);
    expect(calls()).toContain('get pods --namespace nats --selector app=nats --output json');
  });

  it('passes its own context and kubeconfig to kubectl', async () => {
    const kubectl = kubectlThat(`echo '{"data":{"ca.crt":"PEM"}}'`);
    expect(await kubectl.value('configmap', 'airflow-3', 'platform-ca', 'ca.crt')).toBe('PEM');
    expect(calls()).toContain('--context kind-monitoring --kubeconfig /kubeconfig get configmap platform-ca');
  });

  it('replaces ~ in the path of a kubeconfig with the home folder', async () => {
    kubectlThat(`echo '{"data":{"ca.crt":"PEM"}}'`);
    await new Kubectl({ context: 'kind', path: '~/.kube/other' }).value('configmap', 'a', 'b', 'ca.crt');
    expect(calls()).toContain(`--kubeconfig ${homedir()}/.kube/other get`);
  });

  it('returns the decoded value of a Secret', async () => {
    const kubectl = kubectlThat(`echo '{"data":{"admin-user":"YWRtaW4="}}'`);
    expect(await kubectl.value('secret', 'airflow-3', 'grafana-admin', 'admin-user')).toBe('admin');
  });

  it('throws an error with the output of kubectl and the remedy if kubectl fails', async () => {
    const kubectl = kubectlThat('echo "context does not exist" >&2; exit 1');
    const asked = kubectl.value('secret', 'airflow-3', 'grafana-admin', 'admin-user');
    await expect(asked).rejects.toThrow(/context does not exist.*get nodes$/s);
  });

  it('fails after 15 s if a kubectl command hangs', () =>
    hastened(100, async () => {
      const kubectl = kubectlThat('exec sleep 3');
      const asked = kubectl.value('secret', 'airflow-3', 'grafana-admin', 'admin-user');
      await expect(asked).rejects.toThrow(/timed out after 15000 milliseconds/);
    }));

  it('reports a failed patch without its content, which can be secret', async () => {
    const kubectl = kubectlThat('exit 3');
    const changed = kubectl.patch('secret', 'n', 'a', { data: { key: 'hunter2' } });
    await expect(changed).rejects.toThrow(/^kubectl patch secret a: ended with the exit code 3\n/);
    await expect(changed).rejects.not.toThrow(/hunter2/);
  });

  it('forwards a port until the client is closed', async () => {
    const kubectl = kubectlThat(`
      trap 'echo ended >> "$CALLS"; exit 0' TERM
      echo "Forwarding from 127.0.0.1:40123 -> 9090"
      while :; do sleep 0.05; done`);
    expect(await kubectl.forward('airflow-3', 'kube-prometheus-stack-prometheus', 9090)).toBe(40_123);
    expect(calls()).toContain(
      'port-forward --namespace airflow-3 service/kube-prometheus-stack-prometheus :9090',
    );
    await kubectl.close();
    expect(calls()).toContain('ended');
  });

  it('reports the reason if kubectl cannot forward a port', async () => {
    const kubectl = kubectlThat('echo "services \\"gone\\" not found" >&2; exit 1');
    await expect(kubectl.forward('airflow-3', 'gone', 9090)).rejects.toThrow(
      'Port 9090 of airflow-3/gone cannot be forwarded: services "gone" not found',
    );
  });

  it('fails after 15 s if kubectl prints no forwarded port', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const kubectl = kubectlThat('exec sleep 3');
      const forwarded = kubectl.forward('airflow-3', 'kube-prometheus-stack-prometheus', 9090);
      const refused = expect(forwarded).rejects.toThrow(
        'cannot be forwarded: kubectl printed no port within 15 s',
      );
      vi.advanceTimersByTime(15_000);
      await refused;
      vi.useRealTimers();
      await kubectl.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
