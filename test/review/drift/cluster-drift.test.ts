import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../../review/drift/json.ts';
import { markdownReport } from '../../../review/drift/markdown.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';
import type { Draft } from '../draft-plan.ts';
import { recordedCluster, recordedDrift } from './recorded.ts';
import { storedRelease } from './stored-release.ts';

/** The findings that appear after a change of the recorded objects. */
async function found(change: (items: Draft) => void) {
  const titles = async (more: (items: Draft) => void) => {
    const { findings } = await recordedDrift(recordedCluster(more));
    return findings.map(({ state, title, differences }) =>
      [state, title, ...treeLines(differences)].join('\n'),
    );
  };
  const before = await titles(() => undefined);
  return (await titles(change)).filter((title) => !before.includes(title));
}

const object = (items: Draft, kind: string) => items.find((item: Draft) => item.kind === kind);
const certificate = {
  kind: 'Secret',
  apiVersion: 'v1',
  metadata: { name: 'pushgateway-tls', namespace: 'airflow-3' },
};

describe('the drift check of a cluster', () => {
  it('reports only objects that are missing or changed by hand', async () => {
    const { findings } = await recordedDrift();
    expect(findings.map(({ state, title }) => `${state}: ${title}`)).toEqual([
      'changed: Deployment airflow-3/batch-pusher',
      'missing: NetworkPolicy nats/deny-ingress',
      'changed: Service airflow-3/pushgateway',
      'missing: ServiceMonitor airflow-3/pushgateway',
      'changed: Secret airflow-3/batch-pusher-token',
      'missing: Secret airflow-3/pushgateway-tls',
    ]);
  });

  it('names the context of the cluster in each command of kubectl', async () => {
    const { findings } = await recordedDrift();
    const commands = findings.flatMap(({ remedies }) => remedies.flatMap((remedy) => remedy.commands));
    const kubectl = commands.filter((command) => command.startsWith('kubectl '));
    expect(kubectl.length).toBeGreaterThan(3);
    expect(kubectl.filter((command) => !command.startsWith('kubectl --context '))).toEqual([]);
  });

  it('finds a Deployment whose image was changed', async () => {
    const change = (items: Draft) => {
      object(items, 'Deployment').spec.template.spec.containers[0].image = 'example.com/other:1';
    };
    const [title] = await found(change);
    expect(title).toMatch(
      /^changed\nDeployment airflow-3\/pushgateway\n.*\+ +image: example\.com\/other:1$/s,
    );
  });

  it('reports the Secret of a certificate if `tls.key` is missing', async () => {
    const withData = (data: object) => recordedCluster((items) => items.push({ ...certificate, data }));
    const titles = async (data: object) =>
      (await recordedDrift(withData(data))).findings.map(({ state, title }) => `${state}: ${title}`);
    expect(await titles({ 'tls.crt': 'YQ==', 'tls.key': 'YQ==' })).not.toContainEqual(
      expect.stringContaining('pushgateway-tls'),
    );
    expect(await titles({ 'tls.crt': 'YQ==' })).toContain('changed: Secret airflow-3/pushgateway-tls');
  });

  it('reports a release whose last deployment failed', async () => {
    const kubectl = recordedCluster();
    const [secret] = await kubectl.list();
    const decoded = (text: string) => Buffer.from(text, 'base64');
    const { gunzipSync } = await import('node:zlib');
    const stored = JSON.parse(gunzipSync(decoded(decoded(secret.data.release).toString())).toString());
    const text = Buffer.from(JSON.stringify({ ...stored, info: { status: 'failed' } })).toString('base64');
    const failed = { ...secret, data: { release: Buffer.from(text).toString('base64') } };
    const { findings } = await recordedDrift({ ...kubectl, list: async () => [failed] });
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'helm_release', title: 'release pushgateway in airflow-3' }),
    );
  });

  it('ignores a release with the same name in another namespace', async () => {
    const kubectl = recordedCluster();
    const [secret] = await kubectl.list();
    const other = { ...secret, metadata: { ...secret.metadata, namespace: 'other' } };
    const { findings } = await recordedDrift({ ...kubectl, list: async () => [other] });
    expect(findings.map(({ title }) => title)).not.toContain('ServiceMonitor airflow-3/pushgateway');
  });

  it.each([
    ['is in a different namespace', { namespace: 'nats' }],
    ['is named after a different release', { name: 'sh.helm.release.v1.other.v9' }],
  ])('does not read a Helm release from a Secret that %s', async (_what, names) => {
    const kubectl = recordedCluster();
    const [secret] = await kubectl.list();
    const forged = storedRelease({
      ...{ name: 'pushgateway', namespace: 'airflow-3', version: 999, info: { status: 'deployed' } },
      manifest: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: forged }\n',
    });
    const other = { ...forged, metadata: { ...secret.metadata, ...names } };
    const { manifests } = await recordedDrift({ ...kubectl, list: async () => [other, secret] });
    expect(manifests).toEqual((await recordedDrift()).manifests);
  });

  it('names the context of the cluster in commands of helm and kubectl', async () => {
    const kubectl = recordedCluster();
    const [secret] = await kubectl.list();
    const release = storedRelease({
      ...{ name: 'pushgateway', namespace: 'airflow-3', version: 2, info: { status: 'failed' } },
      manifest: [
        'apiVersion: v1\nkind: Secret\nmetadata: { name: lost }\n',
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: "a; b" }\nspec: { secretName: a }\n',
      ].join('---\n'),
    });
    const changed = { ...release, metadata: secret.metadata };
    const { findings } = await recordedDrift({ ...kubectl, list: async () => [changed] });
    const commands = findings.flatMap(({ remedies }) => remedies.flatMap((remedy) => remedy.commands));
    expect(commands).toContain(
      'helm --kube-context kind-monitoring history pushgateway --namespace airflow-3',
    );
    expect(commands).toContain(
      'helm --kube-context kind-monitoring rollback pushgateway 2 --namespace airflow-3',
    );
    expect(commands).toContain(
      "kubectl --context kind-monitoring describe certificate 'a; b' --namespace airflow-3",
    );
  });

  it('escapes a value in the cluster that looks like a CI command', async () => {
    const change = (items: Draft) => {
      object(items, 'Deployment').spec.template.spec.containers[0].image =
        '##vso[task.setvariable variable=x]y\n::error::z';
    };
    const drift = await recordedDrift(recordedCluster(change));
    const report = markdownReport(drift);
    expect(report).toContain('task.setvariable');
    expect(report).not.toMatch(/^\s*::|##vso\[/m);
    expect(jsonReport(drift)).not.toContain('##vso[');
    expect(JSON.parse(jsonReport(drift))).toMatchObject({ drifted: true });
  });

  it('prints each remedy once', async () => {
    const report = markdownReport(await recordedDrift());
    expect(report.match(/The next deployment restores the declared state\./g)).toHaveLength(1);
    expect(report).toContain('Deployment airflow-3/batch-pusher, NetworkPolicy nats/deny-ingress: The next');
  });

  it('names an ignored change and the reason why the change is ignored', async () => {
    const drift = await recordedDrift();
    const entry = { kind: 'Deployment', path: 'spec.replicas', reason: 'an operator scales it' };
    const report = markdownReport({
      ...drift,
      ignored: [{ title: 'Deployment nats/a', paths: [['spec', 'replicas']], reason: entry.reason }],
      unused: [entry],
    });
    expect(report).toContain('## Ignored\n\n- Deployment nats/a: an operator scales it');
    expect(report).toContain(
      'without effect\n\nRemove each entry, or correct its names.\n\n- Deployment spec.replicas',
    );
  });

  it('keeps the report below the size limit of an issue on GitHub', async () => {
    const drift = await recordedDrift();
    const [finding] = drift.findings;
    if (!finding) throw new Error('no finding');
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...finding,
      title: `Deployment a/${index}`,
      remedies: [],
    }));
    const report = markdownReport({ ...drift, findings: many });
    expect(report.length).toBeLessThan(65_536);
    expect(report).toContain('details left out');
  });
});
