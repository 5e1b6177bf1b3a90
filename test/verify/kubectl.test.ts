import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Kubectl } from '../../verify/kubectl.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a kubectl of ours before any other; it notes how it was called. */
function kubectlThat(does: string): Kubectl {
  const path = join(folder, 'kubectl');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> '${folder}/calls'\n${does}\n`);
  chmodSync(path, 0o755);
  return new Kubectl({ context: 'kind-monitoring', path: '/kubeconfig' });
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8');

describe('kubectl', () => {
  it('is asked in the context and kubeconfig of the environment', async () => {
    const kubectl = kubectlThat(`echo '{"data":{"ca.crt":"PEM"}}'`);
    expect(await kubectl.value('configmap', 'airflow-3', 'platform-ca', 'ca.crt')).toBe('PEM');
    expect(calls()).toContain('--context kind-monitoring --kubeconfig /kubeconfig get configmap platform-ca');
  });

  it('gives the plain value of a Secret', async () => {
    const kubectl = kubectlThat(`echo '{"data":{"admin-user":"YWRtaW4="}}'`);
    expect(await kubectl.value('secret', 'airflow-3', 'grafana-admin', 'admin-user')).toBe('admin');
  });

  it('that fails is repeated, with what to try', async () => {
    const kubectl = kubectlThat('echo "context does not exist" >&2; exit 1');
    const asked = kubectl.value('secret', 'airflow-3', 'grafana-admin', 'admin-user');
    await expect(asked).rejects.toThrow(/context does not exist.*get nodes answer\?/s);
  });

  it('forwards a port, and ends with us', async () => {
    const kubectl = kubectlThat(`
      echo "Forwarding from 127.0.0.1:40123 -> 9090"
      trap 'echo ended >> "${folder}/calls"; exit 0' TERM
      while :; do sleep 0.05; done`);
    expect(await kubectl.forward('airflow-3', 'kube-prometheus-stack-prometheus', 9090)).toBe(40_123);
    expect(calls()).toContain(
      'port-forward --namespace airflow-3 service/kube-prometheus-stack-prometheus :9090',
    );
    await kubectl.close();
    expect(calls()).toContain('ended');
  });

  it('says why a port is not forwarded', async () => {
    const kubectl = kubectlThat('echo "services \\"gone\\" not found" >&2; exit 1');
    await expect(kubectl.forward('airflow-3', 'gone', 9090)).rejects.toThrow(
      'Port 9090 of airflow-3/gone cannot be forwarded: services "gone" not found',
    );
  });
});
