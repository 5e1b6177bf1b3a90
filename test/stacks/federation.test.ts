import { describe, expect, it } from 'vitest';
import { local, prod } from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { committed, variants } from './environments.ts';
import { type Block, blocks, only, stackOf, synthesize, valuesOf } from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);

describe('the default edge', () => {
  it('is a namespace in the central cluster, and has its own labels', () => {
    const stack = stackOf(synthesis, 'prod-federation');
    expect(blocks(stack, 'kubernetes_namespace_v1').map(({ metadata }) => (metadata as Block).name)).toEqual([
      'another-cluster',
    ]);
    expect(JSON.stringify(valuesOf(stack, 'nats'))).toContain(
      '"cluster":"another-cluster","environment":"demo"',
    );
  });

  it('has access to Prometheus because of its namespace, not because of an IP range', () => {
    const policy = blocks(stackOf(synthesis, 'local-monitoring'), 'kubernetes_network_policy_v1').find(
      ({ metadata }) => (metadata as Block).name === 'allow-prometheus',
    );
    const text = JSON.stringify(policy);
    expect(text).toContain('"kubernetes.io/metadata.name":"another-cluster"');
    expect(text).not.toContain('ip_block');
  });
});

it('an environment without edges has no federation stack', async () => {
  expect([...(await synthesize([{ ...local, edges: [] }])).stacks.keys()]).toEqual([
    'local-monitoring',
    'local-workloads',
  ]);
});

describe('an additional edge', async () => {
  const second = {
    ...(local.edges[0] as EnvironmentValues['edges'][number]),
    name: 'second',
    namespace: 'second',
    labels: { cluster: 'second', environment: 'demo' },
  };
  const grown = stackOf(
    await synthesize([{ ...local, edges: [...local.edges, second] }]),
    'local-federation',
  );

  it('changes no resource of the first edge', () => {
    const before = stackOf(synthesis, 'local-federation').resource;
    for (const [type, byName] of Object.entries(before)) expect(grown.resource[type]).toMatchObject(byName);
  });

  it('has as many resources of each type as the first edge', () => {
    const before = stackOf(synthesis, 'local-federation').resource;
    for (const [type, byName] of Object.entries(before)) {
      const each = Object.keys(byName).length / local.edges.length;
      expect(Object.keys(grown.resource[type] ?? {}), type).toHaveLength(each * (local.edges.length + 1));
    }
  });
});

describe('an edge in another cluster', () => {
  const branchProvider = 'aks-00000000-0000-0000-0000-0000000000b0-branch-branch';
  const factoryProvider = 'context-factory';

  const federation = stackOf(variant, 'scaled-federation');
  const monitoring = stackOf(variant, 'scaled-monitoring');

  it('has its own Terraform providers for Helm and Kubernetes', () => {
    expect(federation.provider.helm?.map(({ alias }) => alias)).toEqual([
      undefined,
      'aks-00000000-0000-0000-0000-0000000000b0-branch-branch',
      'context-factory',
    ]);
    const namespaces = blocks(federation, 'kubernetes_namespace_v1').map(
      ({ metadata, provider }) => `${provider} ${(metadata as Block).name}`,
    );
    expect(namespaces).toContain(`kubernetes.${branchProvider} branch`);
    expect(namespaces).toContain(`kubernetes.${factoryProvider} another-cluster`);
  });

  it('is looked up in its own Azure subscription', () => {
    const subscriptions = federation.provider.azurerm?.map((block) => [block.alias, block.subscription_id]);
    expect(Object.fromEntries(subscriptions ?? [])).toMatchObject({
      [branchProvider]: '00000000-0000-0000-0000-0000000000b0',
    });
    const classOf = (provider: string) => {
      const [nats] = blocks(federation, 'helm_release').filter(
        (release) => release.provider === provider && release.name === 'nats',
      );
      return /"storageClassName":"([^"]+)"/.exec(String(nats?.values).replaceAll('\\', ''))?.[1];
    };
    expect([classOf(`helm.${branchProvider}`), classOf(`helm.${factoryProvider}`)]).toEqual([
      'managed-csi',
      'managed-csi-premium',
    ]);
  });

  it('is neither in the central network policy nor in the backup', () => {
    const policy = blocks(monitoring, 'kubernetes_network_policy_v1').find(
      ({ metadata }) => (metadata as Block).name === 'allow-prometheus',
    );
    expect(JSON.stringify(policy)).not.toContain('"branch"');
    const platform = stackOf(variant, 'scaled-platform');
    expect(
      only(platform, 'azurerm_data_protection_backup_instance_kubernetes_cluster')
        .backup_datasource_parameters,
    ).toMatchObject({ included_namespaces: ['airflow-3', 'nats', 'thanos', 'another-cluster'] });
  });

  it('has one Prometheus Operator', () => {
    const releases = blocks(federation, 'helm_release')
      .filter(({ provider }) => provider === `helm.${branchProvider}`)
      .map(({ name }) => name)
      .sort();
    expect(releases).toEqual(['cert-manager', 'nats', 'prometheus-operator', 'prometheus-operator-crds']);
  });

  it('writes to the host name of the receiver', () => {
    const text = JSON.stringify(federation);
    expect(text).toContain('https://prometheus.prod.monitoring.internal:9096/api/v1/write');
    expect(Object.keys(federation.variable ?? {}).sort()).toEqual([
      'edge_branch_tls_ca',
      'edge_branch_tls_crt',
      'edge_branch_tls_key',
      'edge_factory_tls_ca',
      'edge_factory_tls_crt',
      'edge_factory_tls_key',
    ]);
    expect(JSON.stringify(monitoring)).toContain('edge-branch-client-tls');
  });

  it('uses an internal load balancer that limits source addresses', async () => {
    const service = blocks(monitoring, 'kubernetes_service_v1').find(
      ({ metadata }) => (metadata as Block).name === 'prometheus-receiver',
    );
    expect(service).toMatchObject({
      metadata: {
        annotations: {
          'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
          'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'load-balancers',
          'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.80.17.11',
        },
      },
      spec: {
        type: 'LoadBalancer',
        external_traffic_policy: 'Local',
        load_balancer_source_ranges: ['10.96.0.0/14'],
      },
    });
    const record = blocks(stackOf(variant, 'scaled-platform'), 'azurerm_private_dns_a_record').find(
      ({ name }) => name === 'prometheus',
    );
    expect(record).toMatchObject({ records: ['10.80.17.11'] });
  });
});

const [edge] = prod.edges;
if (!edge) throw new Error('prod has no edge to begin with');

const remote = (name: string, cluster: object) => ({
  ...edge,
  name,
  namespace: name,
  labels: { cluster: name, environment: 'production' },
  cluster,
});
const withEdges = async (...edges: object[]) =>
  stackOf(
    await synthesize([
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

const operators = (stack: Awaited<ReturnType<typeof withEdges>>) =>
  blocks(stack, 'helm_release').filter(({ name }) => name === 'prometheus-operator').length;

describe('edges outside the central cluster', () => {
  it('use the remote-write listener if the engine is prometheus', async () => {
    const stack = await withEdges(remote('branch', { kind: 'kubeconfig', context: 'branch' }));
    expect(JSON.stringify(stack)).toContain('https://prometheus.prod.monitoring.internal:9096/api/v1/write');
  });

  it('may have a name that starts with the name of another edge', async () => {
    const branch = { kind: 'kubeconfig', context: 'branch' };
    const stack = await withEdges(
      remote('branch', branch),
      remote('branch-helm', branch),
      remote('branch-operator', branch),
    );
    expect(
      blocks(stack, 'kubernetes_namespace_v1').map((block) => (block.metadata as { name: string }).name),
    ).toEqual(expect.arrayContaining(['branch', 'branch-helm', 'branch-operator']));
  });

  it('share one Prometheus Operator per cluster', async () => {
    const { subscriptionId } = prod.platform as { subscriptionId: string };
    const aks = { kind: 'aks', resourceGroup: 'Branch', name: 'branch' };
    const stack = await withEdges(
      remote('one', aks),
      remote('two', { ...aks, subscriptionId, resourceGroup: 'branch' }),
      remote('three', { kind: 'kubeconfig', context: 'x' }),
      remote('four', { kind: 'kubeconfig', context: 'x', path: '~/.kube/config' }),
    );
    expect(operators(stack)).toBe(2);
  });
});
