import { describe, expect, it } from 'vitest';
import { type StackPlans, stackFindings } from '../../../review/drift/stack-drift.ts';
import { parsePlan } from '../../../review/plan/read-plan.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';
import { type DraftChange, draftChange, planWith } from '../draft-plan.ts';
import { recordedText } from './recorded.ts';

const stack = 'local-workloads';
const recordedPlan = (name: 'refresh' | 'next') => parsePlan(recordedText(name), { stack, path: name });
const findings = (refreshed: StackPlans['refreshed'], next?: StackPlans['next']) =>
  stackFindings(stack, { refreshed, next });
const drifted = (...changes: readonly DraftChange[]) => planWith(stack, [], { resource_drift: changes });
const policy = { metadata: [{ name: 'allow', namespace: 'nats', resource_version: '1' }], spec: [{ a: 1 }] };

describe('the drift of a stack', () => {
  it('contains only changes that were made by hand', () => {
    const found = findings(recordedPlan('refresh'), recordedPlan('next'));
    expect(found.map(({ state, title, differences }) => [state, title, ...treeLines(differences)])).toEqual([
      ['changed', 'Deployment airflow-3/batch-pusher', '  spec:', '-   replicas: 1', '+   replicas: 2'],
      ['missing', 'NetworkPolicy nats/deny-ingress'],
    ]);
    expect(found[1]).toMatchObject({ kind: 'NetworkPolicy', namespace: 'nats', name: 'deny-ingress' });
    const remedies = found.flatMap((finding) => finding.remedies.map(({ commands }) => commands));
    expect(remedies).toEqual([["npx cdktf deploy 'local-*'"], ["npx cdktf deploy 'local-*'"]]);
  });

  it('hides secrets in environment variables and in container arguments', () => {
    const pod = (secret: string) => ({
      metadata: [{ name: 'a', namespace: 'b' }],
      spec: [{ env: [{ name: 'PGPASSWORD', value: secret }], args: ['--client-secret', secret] }],
    });
    const change = draftChange('kubernetes_pod_v1', 'a', 'update', pod('hunter2-one'), pod('hunter2-two'));
    const [finding] = findings(drifted(change));
    expect(finding?.differences).toHaveLength(2);
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it('suggests `apply -refresh-only` if a deployment would not undo the change', () => {
    const changed = { ...policy, spec: [{ a: 2 }] };
    const [finding] = findings(
      drifted(draftChange('kubernetes_network_policy_v1', 'a', 'update', policy, changed)),
    );
    expect(finding).toMatchObject({ state: 'changed', title: 'NetworkPolicy nats/allow' });
    expect(finding?.remedies[0]?.commands).toEqual([
      'terraform -chdir=cdktf.out/stacks/local-workloads apply -refresh-only',
    ]);
  });

  it('lists a new object of the stack with the state `not deployed`', () => {
    const create = draftChange('kubernetes_network_policy_v1', 'a', 'create', null, policy);
    const read: DraftChange = {
      ...create,
      mode: 'data',
      address: 'data.azurerm_kubernetes_cluster.aks',
      type: 'azurerm_kubernetes_cluster',
      change: { ...create.change, actions: ['read'] },
    };
    expect(findings(undefined, planWith(stack, [read, create]))).toMatchObject([
      { state: 'not deployed', title: 'NetworkPolicy nats/allow' },
    ]);
    expect(findings(drifted({ ...read, change: { ...read.change, actions: ['update'] } }))).toEqual([]);
  });

  it('ignores a value that the stack lists in ignore_changes', () => {
    const pool = (nodes: number, size: string) => ({ name: 'aks', pool: [{ node_count: nodes, size }] });
    const refreshed = (nodes: number, size: string) =>
      drifted(draftChange('azurerm_kubernetes_cluster', 'a', 'update', pool(2, 'small'), pool(nodes, size)));
    const accepted = new Map([['azurerm_kubernetes_cluster.a', ['pool[0].node_count']]]);
    const paths = (plan: StackPlans['refreshed'], more: StackPlans = {}) =>
      stackFindings(stack, { refreshed: plan, ...more }).map(({ differences }) =>
        differences.map(({ path }) => path.join('.')),
      );
    expect(paths(refreshed(3, 'small'))).toEqual([['pool.node_count']]);
    expect(paths(refreshed(3, 'small'), { accepted })).toEqual([]);
    expect(paths(refreshed(3, 'large'), { accepted })).toEqual([['pool.size']]);
  });

  it('shows no sensitive value', () => {
    const app = (value: string, password: string) => ({ name: 'app', key: value, admin_password: password });
    const change = draftChange(
      'azurerm_function_app',
      'a',
      'update',
      app('hunter2-a', 'one'),
      app('hunter2-b', 'two-two'),
    );
    const marked = {
      ...change,
      change: { ...change.change, before_sensitive: { key: true }, after_sensitive: { key: true } },
    };
    const found = findings(drifted(marked));
    expect(found[0]?.differences).toHaveLength(2);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|two-two/);
    expect(found[0]).toMatchObject({ kind: 'azurerm_function_app', name: 'app' });
  });
});
