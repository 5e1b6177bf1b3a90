import { describe, expect, it } from 'vitest';
import { prod } from '../../config/environments/index.ts';
import { blocks, stackOf, synthesize } from './synthesis.ts';

const [edge] = prod.edges;
if (!edge) throw new Error('prod has no edge to begin with');

const remote = (name: string, cluster: object) => ({
  ...edge,
  name,
  namespace: name,
  labels: { cluster: name, environment: 'production' },
  cluster,
});
const withEdges = (...edges: object[]) =>
  stackOf(
    synthesize([
      {
        ...prod,
        central: {
          ...prod.central,
          receiver: {
            host: 'prometheus.prod.monitoring.internal',
            ip: '10.80.17.20',
            sourceRanges: ['10.200.0.0/16'],
          },
        },
        edges,
      } as typeof prod,
    ]),
    'prod-federation',
  );

const operators = (stack: ReturnType<typeof withEdges>) =>
  blocks(stack, 'helm_release').filter(({ name }) => name === 'prometheus-operator').length;

describe('edges in other clusters', () => {
  it('may be named like what another one is reached by', () => {
    const branch = { kind: 'kubeconfig', context: 'branch' };
    const stack = withEdges(
      remote('branch', branch),
      remote('branch-helm', branch),
      remote('branch-operator', branch),
    );
    expect(
      blocks(stack, 'kubernetes_namespace_v1').map((block) => (block.metadata as { name: string }).name),
    ).toEqual(expect.arrayContaining(['branch', 'branch-helm', 'branch-operator']));
  });

  it('share an operator in one cluster, however it is spelt', () => {
    const { subscriptionId } = prod.platform as { subscriptionId: string };
    const aks = { kind: 'aks', resourceGroup: 'Branch', name: 'branch' };
    const stack = withEdges(
      remote('one', aks),
      remote('two', { ...aks, subscriptionId, resourceGroup: 'branch' }),
      remote('three', { kind: 'kubeconfig', context: 'x' }),
      remote('four', { kind: 'kubeconfig', context: 'x', path: '~/.kube/config' }),
    );
    expect(operators(stack)).toBe(2);
  });
});
