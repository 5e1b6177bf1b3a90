import { describe, expect, it } from 'vitest';
import { markdownReport } from '../../../review/drift/markdown.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';
import type { Draft } from '../draft-plan.ts';
import { recordedCluster, recordedDrift } from './recorded.ts';

/** The findings in the recorded cluster after a change of its objects, without the recorded changes. */
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

describe('the drift of a recorded cluster', () => {
  it('names the changes by hand, and no other object', async () => {
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

  it('finds another image of a Deployment', async () => {
    const change = (items: Draft) => {
      object(items, 'Deployment').spec.template.spec.containers[0].image = 'example.com/other:1';
    };
    const [title] = await found(change);
    expect(title).toMatch(
      /^changed\nDeployment airflow-3\/pushgateway\n.*\+ +image: example\.com\/other:1$/s,
    );
  });

  it('accepts the Secret of a certificate with its keys, and finds a missing key', async () => {
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

  it('compares nothing of a release that another namespace contains', async () => {
    const kubectl = recordedCluster();
    const [secret] = await kubectl.list();
    const other = { ...secret, metadata: { ...secret.metadata, namespace: 'other' } };
    const { findings } = await recordedDrift({ ...kubectl, list: async () => [other] });
    expect(findings.map(({ title }) => title)).not.toContain('ServiceMonitor airflow-3/pushgateway');
  });

  it('prints each remedy once, with its objects', async () => {
    const report = markdownReport(await recordedDrift());
    expect(report.match(/The next deployment restores it\./g)).toHaveLength(1);
    expect(report).toContain('Deployment airflow-3/batch-pusher, NetworkPolicy nats/deny-ingress: The next');
  });

  it('names an ignored change with its reason, and an entry without effect', async () => {
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

  it('keeps the report below the limit of a comment', async () => {
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
