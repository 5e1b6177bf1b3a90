import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { driftOf } from '../../../review/drift/drift.ts';
import { environmentNamed } from '../../../verify/open-system.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { recordedText } from './recorded.ts';

const root = join(import.meta.dirname, '../../..');

const drifted = {
  terraform: `case "$1 $*" in
    init*) ;;
    plan*-refresh-only*) case "$PWD" in *local-workloads) exit 2;; esac;;
    plan*) case "$PWD" in *local-workloads) exit 2;; esac;;
    show*refresh) cat "$ANSWERS/refresh";;
    show*next) cat "$ANSWERS/next";;
  esac`,
  kubectl: `case "$*" in
    *"get secret --all-namespaces"*) cat "$ANSWERS/records";;
    *"get --filename -"*) cat > /dev/null; cat "$ANSWERS/live";;
  esac`,
};
const clean = {
  terraform: 'exit 0',
  kubectl: 'case "$*" in *"--filename -"*) cat > /dev/null;; esac; echo \'{"kind":"List","items":[]}\'',
};

type Programs = Partial<typeof drifted>;

/** @returns the environment variables that put the fake programs on PATH */
function fakePrograms(programs: Programs) {
  const folder = temporaryFolder();
  for (const name of ['records', 'live', 'refresh', 'next'] as const)
    writeFileSync(join(folder, name), recordedText(name));
  const path = join(folder, 'bin');
  mkdirSync(path);
  for (const [name, shell] of Object.entries({ ...clean, ...programs })) {
    writeFileSync(join(path, name), `#!/bin/sh\n${shell}\n`);
    chmodSync(join(path, name), 0o755);
  }
  return { PATH: `${path}:/usr/bin:/bin`, ANSWERS: folder, CDKTF_OUTDIR: join(folder, 'out') };
}

async function drift(programs: Programs, ...args: readonly string[]) {
  return execa(process.execPath, ['--import', 'tsx', 'review/drift/main.ts', ...args], {
    cwd: root,
    env: fakePrograms(programs),
    reject: false,
    timeout: 90_000,
  });
}

describe('npm run drift', { timeout: 90_000 }, () => {
  it('exits with code 1 after changes by hand', async () => {
    const folder = temporaryFolder();
    const path = (name: string) => join(folder, name);
    const text = (name: string) => readFileSync(path(name), 'utf8');
    const files = ['--markdown', path('drift.md'), '--json', path('drift.json'), '--manifests', path('new')];
    const { exitCode, stdout, stderr } = await drift(drifted, 'local', ...files);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout).toMatch(/^# Drift in local: 6 objects differ\n/);
    for (const part of [
      '### ServiceMonitor airflow-3/pushgateway',
      '### NetworkPolicy nats/deny-ingress',
      '### Secret airflow-3/pushgateway-tls\n\nDeclared by Certificate pushgateway-tls. The object is missing in the cluster.',
      '### Deployment airflow-3/batch-pusher\n\nDeclared by stack local-workloads.\n\n```diff\n  spec:\n-   replicas: 1\n+   replicas: 2\n```',
      '### Service airflow-3/pushgateway\n\nDeclared by release pushgateway in airflow-3 (stack local-monitoring). Written by `kubectl-annotate`',
      '+     team: x',
      '### Secret airflow-3/batch-pusher-token\n\nDeclared by stack local-workloads. Written by `kubectl-patch`',
      '+   token: (sensitive value)',
      "npx cdktf deploy 'local-*'",
      'apply --server-side --force-conflicts --field-manager=helm --filename cdktf.out/drift/kind-monitoring.yaml',
      'edit service pushgateway --namespace airflow-3',
      'delete secret batch-pusher-token --namespace airflow-3',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(text('drift.md').trim()).toBe(stdout);
    expect(JSON.parse(text('drift.json'))).toMatchObject({ version: 1, drifted: true, environment: 'local' });
    expect(text('new/kind-monitoring.yaml')).toContain('kind: ServiceMonitor');
    expect(text('new/kind-monitoring.yaml')).not.toContain('kind: Service\n');
    const values = ['example of batch-pusher-token token', 'rotated-by-hand'];
    for (const value of [...values, ...values.map((one) => Buffer.from(one).toString('base64'))]) {
      expect(stdout + text('drift.json')).not.toContain(value);
    }
  });

  it('ignores a change that drift.ignore lists, and reports the reason', async () => {
    const variables = fakePrograms(drifted);
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const ignore = [{ kind: 'Deployment', name: 'batch-pusher', reason: 'an operator scales it' }];
    const drift = await driftOf(
      { ...environmentNamed('local'), drift: { ignore } },
      { root, outdir: variables.CDKTF_OUTDIR, signal: new AbortController().signal, say: () => undefined },
    );
    expect(drift.findings).toHaveLength(5);
    expect(drift.ignored).toEqual([
      { title: 'Deployment airflow-3/batch-pusher', paths: [], reason: 'an operator scales it' },
    ]);
    expect(drift.unused).toEqual([]);
  });

  it('exits with code 0 if there is no drift', async () => {
    const { exitCode, stdout, stderr } = await drift({}, 'local');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^# No drift in local\n\nCompared in \d+ s: 3 stacks, 6 releases/);
  });

  it('exits with code 2 for an unknown environment, and lists the known environments', async () => {
    const { exitCode, stdout, stderr } = await drift({}, 'lokal');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('There is no environment lokal, expected one of dev, local, prod.');
  });

  it('interrupts the other Terraform runs if the plan of a stack fails', async () => {
    const interrupted = join(temporaryFolder(), 'interrupted');
    const terraform = `case "$1 $PWD" in
      "plan "*local-workloads) until [ -e "$ANSWERS/started" ]; do sleep 0.05; done; echo "Error: x" >&2; exit 1;;
      "plan "*) trap 'touch "${interrupted}"; exit 1' INT; touch "$ANSWERS/started"; for i in $(seq 1200); do sleep 0.05; done;;
    esac`;
    const { exitCode, stderr } = await drift({ terraform }, 'local');
    expect(stderr).toMatch(/^local-workloads: terraform plan failed\.\nError: x\n/);
    expect(exitCode).toBe(2);
    expect(existsSync(interrupted)).toBe(true);
  });

  it('exits with code 2 for a cluster that does not answer', async () => {
    const kubectl = 'echo "Unable to connect to the server" >&2; exit 1';
    const { exitCode, stdout, stderr } = await drift({ kubectl }, 'local');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Unable to connect to the server');
    expect(stderr).toContain('Check the connection: kubectl --context kind-monitoring');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
