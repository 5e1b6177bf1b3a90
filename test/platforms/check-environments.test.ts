import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dev, local, prod } from '../../config/environments/index.ts';
import { clusters } from '../../config/topology.ts';
import { checkEnvironments, EnvironmentError } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { moving, onThanos } from '../stacks/environments.ts';
import { type Json, problemsOf, withSetting, withSettings } from './environment-values.ts';
import { badSettings, goodSettings } from './settings.ts';

const edge = dev.edges[0] as EnvironmentValues['edges'][number];

describe('the environments in config/environments', () => {
  it('have no problems', () => {
    expect(problemsOf(dev, prod, local)).toEqual([]);
  });

  it('set the retention of Prometheus to ten days', () => {
    expect([dev, prod, local].map(({ central }) => central.retention?.time)).toEqual(['10d', '10d', '10d']);
  });
});

describe('an environment in config/environments', () => {
  it.each([local, prod])('uses the cluster labels of topology.ts: $name', ({ central, edges }) => {
    expect(central.labels).toEqual(clusters.primary);
    expect(edges.map(({ labels }) => labels)).toContainEqual(clusters.edge);
  });
});

describe('a valid setting', () => {
  it.each(
    goodSettings.map(
      ([environment, setting, value]) => [environment.name, setting, value, environment] as const,
    ),
  )('is accepted: %s.%s = %j', (_name, setting, value, environment) => {
    expect(problemsOf(withSetting(environment, setting, value))).toEqual([]);
  });
});

describe('the check of the environments', () => {
  it.each(
    badSettings.map(
      ([environment, setting, value, line]) => [environment.name, setting, value, line, environment] as const,
    ),
  )('rejects the wrong value %s.%s = %j', (_name, setting, value, line, environment) => {
    const problems = problemsOf(withSetting(environment, setting, value));
    expect(
      problems.filter((problem) => line.test(problem)),
      problems.join('\n'),
    ).toHaveLength(1);
  });

  it('rejects the engine azure-monitor on a platform without Azure', () => {
    const azureMonitor = { workspace: 'metrics', silentAfter: 'PT10M', silentEmail: 'on-call@example.com' };
    const central = { ...local.central, engine: 'azure-monitor', azureMonitor };
    expect(problemsOf(withSetting(local, 'central', central as never))).toEqual([
      expect.stringContaining("local.central.engine 'azure-monitor' works only with platform.kind 'azure'"),
    ]);
  });

  it.each<[string, Readonly<Record<string, Json>>, string]>([
    [
      'an even number of copies',
      { 'central.thanos': { replication: 2 } },
      'thanos.central.thanos.replication 2 is even: replication 2 does not guarantee two copies of each sample, because Thanos accepts a write after only one ingester has stored the samples; set 1 or 3',
    ],
    [
      'more copies than ingesters',
      { 'central.thanos': { ingesters: 2 } },
      'thanos.central.thanos.ingesters 2 is lower than the 3 copies of each sample, and the routers would never get ready; set at least 3 ingesters or fewer copies in central.thanos.replication',
    ],
    [
      'too few ingesters for the expected series',
      { 'central.thanos': { ingesters: 3 }, 'central.expectedSeries': 5_000_000 },
      'thanos.central.thanos.ingesters 3 is too low, because this number of ingesters cannot hold the expected series: 5000000 series with 3 copies need 120.0 GB of memory; set at least 8 or remove the setting',
    ],
    [
      'more series than one environment can hold',
      { 'central.expectedSeries': 30_000_000 },
      'thanos.central.expectedSeries the environment has too many series: 30000000 series with 3 copies need 720.0 GB of memory. Thanos needs 45 ingesters for these series, but an environment can have at most 30 ingesters. Move some edges to another environment. If central.expectedSeries is set, also lower central.expectedSeries',
    ],
    [
      'a volume that cannot hold the retention',
      { 'central.thanos': { volume: '5Gi', retention: '30d' }, 'central.expectedSeries': 100_000 },
      'thanos.central.thanos.volume 5Gi is too small: each ingester stores 30d of samples and needs 24Gi (100000 series with a sample every 30 s); set at least 24Gi. If the environment has no object store, you can instead set a shorter central.thanos.retention',
    ],
    [
      'a tenant that no edge has',
      { 'central.thanos': { tenants: { 'anothr-cluster': 'payments' } } },
      'thanos.central.thanos.tenants.anothr-cluster names the edge anothr-cluster, which does not exist (existing edges: another-cluster); correct the name, or remove the entry',
    ],
    [
      'the tenant of the central cluster for an edge',
      { 'central.thanos': { tenants: { 'another-cluster': 'default-tenant' } } },
      'thanos.central.thanos.tenants.another-cluster default-tenant is the default tenant, which the central cluster also uses; choose another name or remove the entry',
    ],
    [
      'itself as the other engine of a move',
      { 'central.alsoWriteTo': 'thanos' },
      'thanos.central.alsoWriteTo is the same engine as central.engine (thanos); without a move between engines, remove central.alsoWriteTo; during a move, set central.alsoWriteTo to the second engine',
    ],
    [
      'more series than Prometheus holds during a move',
      { 'central.alsoWriteTo': 'prometheus', 'central.expectedSeries': 2_000_000 },
      "thanos.central.expectedSeries 2000000 series need 16.0 GB of memory, and the limit of one Prometheus is 2Gi; raise central.resources.limits.memory, or use only Thanos (central.engine 'thanos' without central.alsoWriteTo)",
    ],
    [
      'an unknown other engine',
      { 'central.alsoWriteTo': 'mimir' },
      'thanos.central.alsoWriteTo is "mimir", expected one of "prometheus"|"thanos"',
    ],
    [
      'a bucket without a name',
      { 'platform.objectStorage': { endpoint: 'https://s3.example.com' } },
      'thanos.platform.objectStorage.bucket is missing; add this setting (docs/reference/environments.md lists its values)',
    ],
  ])('rejects an environment on Thanos with %s', (_what, changes, line) => {
    expect(problemsOf(withSettings(onThanos, changes))).toEqual([line]);
  });

  it('rejects fewer than three copies of a sample in production', () => {
    const central = { ...prod.central, engine: 'thanos', thanos: { replication: 1 } };
    expect(problemsOf(withSetting(prod, 'central', central as never))).toEqual([
      expect.stringMatching(
        /^prod\.central\.thanos\.replication is lower than 3; .*required because production/,
      ),
    ]);
  });

  it('rejects two agents for one edge during a move to Thanos', () => {
    const moved = withSetting(moving.readsThanos, 'edges.0.replicas', 2);
    expect(problemsOf(moved)).toEqual([
      expect.stringMatching(
        /edges\.0\.replicas must be 1, because the engine .* does not remove duplicate samples; remove this setting until the move has ended$/,
      ),
    ]);
  });

  it('accepts two agents for one edge if the environment uses Thanos', () => {
    const pair = withSettings(onThanos, { 'edges.0.replicas': 2, 'edges.0.expectedSeries': 30_000 });
    expect(problemsOf(pair)).toEqual([]);
    expect(problemsOf(withSetting(pair, 'central.expectedSeries', 50_000))).toEqual([
      'thanos.central.expectedSeries 50000 is too low, because the agents of the edges write 60000 series; set at least 60000 plus the series of the central cluster, or remove central.expectedSeries',
    ]);
  });

  it('accepts the engine Thanos with or without `central.thanos`', () => {
    expect(problemsOf(onThanos)).toEqual([]);
    const tenants = { 'another-cluster': 'payments' };
    const every = { ingesters: 5, replication: 5, volume: '50Gi', retention: '2w', tenants };
    expect(problemsOf(withSetting(onThanos, 'central.thanos', every))).toEqual([]);
  });

  it('accepts an environment that writes to Prometheus and to Thanos', () => {
    expect(problemsOf(...Object.values(moving))).toEqual([]);
    const planned = { 'central.thanos': { ingesters: 2, replication: 2 } };
    expect(problemsOf(withSettings(moving.readsPrometheus, planned))).toEqual([
      expect.stringMatching(/^moving\.central\.thanos\.replication 2 is even/),
    ]);
  });

  it('rejects Thanos settings in an environment without Thanos', () => {
    expect(problemsOf(withSetting(local, 'central.thanos', { ingesters: 3 }))).toEqual([
      "local.central.thanos has no effect, because central.engine is 'prometheus'; remove central.thanos, or set central.alsoWriteTo to 'thanos' to start a move to Thanos (docs/move-to-thanos.md)",
    ]);
    const azureMonitor = { workspace: 'metrics', silentAfter: 'PT10M', silentEmail: 'on-call@example.com' };
    const central = { ...dev.central, engine: 'azure-monitor', azureMonitor, alsoWriteTo: 'thanos' };
    expect(problemsOf(withSetting(dev, 'central', central as never))).toEqual([
      'dev.central.alsoWriteTo is an unknown setting; correct the spelling or remove the setting',
    ]);
  });

  it('rejects more series than the memory limit of Prometheus allows', () => {
    expect(problemsOf(withSetting(local, 'central.expectedSeries', 2_000_000))).toEqual([
      "local.central.expectedSeries 2000000 series need 16.0 GB of memory, and the limit of one Prometheus is 2Gi; raise central.resources.limits.memory, or use only Thanos (central.engine 'thanos' without central.alsoWriteTo)",
    ]);
    expect(problemsOf(withSetting(local, 'central.expectedSeries', 200_000))).toEqual([]);
  });

  it('rejects a silentAfter of zero and an invalid silentEmail', () => {
    const azureMonitor = { workspace: 'metrics', silentAfter: 'PT0M', silentEmail: 'on-call@example' };
    const values = withSetting(dev, 'central', {
      ...dev.central,
      engine: 'azure-monitor',
      azureMonitor,
    } as never);
    expect(problemsOf(values)).toEqual([
      'dev.central.azureMonitor.silentAfter is "PT0M", expected an ISO 8601 duration above zero, such as PT5M or P30D',
      'dev.central.azureMonitor.silentEmail is "on-call@example", expected an address such as on-call@example.com',
    ]);
  });

  it('rejects a receiver outside its private zone or its subnet', () => {
    const receiver = { host: 'prometheus.example.com', ip: '10.64.16.5', sourceRanges: ['10.70.0.0/16'] };
    const problems = problemsOf(withSetting(dev, 'central.receiver', receiver));
    expect(problems).toEqual([
      expect.stringContaining('dev.central.receiver.ip 10.64.16.5 is not usable'),
      expect.stringContaining('dev.central.receiver.host prometheus.example.com is outside the private zone'),
    ]);
  });

  it.each(['10.0.0.0/8', '172.20.0.0/16', '192.168.1.0/24', '127.0.0.1/32', '169.254.0.0/16'])(
    'rejects the range %s in operatorRanges',
    (range) => {
      expect(problemsOf(withSetting(dev, 'platform.operatorRanges.0', range))).toEqual([
        expect.stringContaining(`dev.platform.operatorRanges.0 is "${range}", expected public addresses`),
      ]);
    },
  );

  it('rejects a range too small for the private endpoints', () => {
    const values = withSetting(
      withSetting(prod, 'usdtExporter', { host: 'azure', app: 'rate', storageAccount: 'monitoringrate' }),
      'platform.network.privateEndpoints',
      '10.80.18.0/29',
    );
    expect(problemsOf(values)).toEqual([
      'prod.platform.network.privateEndpoints 10.80.18.0/29 has 3 addresses for 4 private endpoints; choose a larger range',
    ]);
  });

  it.each<{ form: string; values: EnvironmentValues; cluster: Json }>([
    { form: 'its context', values: local, cluster: { kind: 'kubeconfig', context: 'kind-monitoring' } },
    {
      form: 'the default kubeconfig file',
      values: local,
      cluster: { kind: 'kubeconfig', context: 'kind-monitoring', path: '~/.kube/config' },
    },
    {
      form: 'capital letters',
      values: dev,
      cluster: { kind: 'aks', resourceGroup: 'Monitoring-Dev', name: 'monitoring-dev' },
    },
    {
      form: 'its subscription',
      values: dev,
      cluster: {
        kind: 'aks',
        subscriptionId: '00000000-0000-0000-0000-00000000000D',
        resourceGroup: 'monitoring-dev',
        name: 'monitoring-dev',
      },
    },
  ])('rejects the central cluster as edge cluster, also with $form', ({ values, cluster }) => {
    expect(problemsOf(withSetting(values, 'edges.0.cluster', cluster))).toEqual([
      expect.stringMatching(
        /\.edges\.0\.cluster .* is the central cluster; set another cluster, or remove edges\.0\.cluster/,
      ),
    ]);
  });

  it.each<{ difference: string; values: EnvironmentValues; cluster: Json }>([
    {
      difference: 'kubeconfig files',
      values: local,
      cluster: { kind: 'kubeconfig', context: 'kind-monitoring', path: '/other/kubeconfig' },
    },
    {
      difference: 'subscriptions',
      values: dev,
      cluster: {
        kind: 'aks',
        subscriptionId: '00000000-0000-0000-0000-0000000000ee',
        resourceGroup: 'monitoring-dev',
        name: 'monitoring-dev',
      },
    },
  ])('distinguishes clusters with the same name in different $difference', ({ values, cluster }) => {
    expect(problemsOf(withSetting(values, 'edges.0.cluster', cluster))).toEqual([
      expect.stringMatching(/\.central\.receiver is missing/),
    ]);
  });

  it('rejects two clusters whose contexts differ only in punctuation or upper case', () => {
    const inContext = (name: string, context: string) => ({
      ...(local.edges[0] as never as Readonly<Record<string, Json>>),
      name,
      namespace: name,
      labels: { cluster: name },
      cluster: { kind: 'kubeconfig', context },
    });
    const values = withSetting(local, 'edges', [
      inContext('north', 'edge_1'),
      inContext('south', 'edge.1'),
      inContext('east', 'Edge-1'),
      inContext('west', 'edge-2'),
    ]);
    expect(problemsOf(values).filter((text) => text.includes('Terraform'))).toEqual([
      'local.edges context edge_1 and context edge.1 and context Edge-1 have the same name in Terraform, context-edge-1, because Terraform names have only lower-case letters, digits and hyphens here; rename a cluster or a context',
    ]);
  });

  it('rejects an edge in the namespace of the Prometheus operator', () => {
    const elsewhere = { kind: 'kubeconfig', context: 'branch' } as const;
    const problems = problemsOf({
      ...dev,
      edges: [{ ...edge, namespace: 'prometheus-operator', cluster: elsewhere }],
    });
    expect(problems).toContainEqual(
      expect.stringContaining('dev.edges.0.namespace prometheus-operator is already used in context branch'),
    );
  });

  it('rejects a duplicate edge name, namespace or cluster label', () => {
    expect(problemsOf({ ...dev, edges: [edge, edge] })).toEqual([
      expect.stringContaining('two edges have the name another-cluster'),
      expect.stringContaining('the label cluster="another-cluster" is not unique'),
      expect.stringContaining('two edges use the same namespace, another-cluster of the central cluster'),
    ]);
  });
});

describe('the problems of environments', () => {
  it('are all in one error', () => {
    const bad = withSetting(
      withSetting(withSetting(dev, 'platform.network.nodes', '10.1.0.0/33'), 'edges.0.bufer', '5Gi'),
      'platform.network.dnsServiceIp',
      '10.97.0.1',
    );
    const problems = problemsOf(bad, withSetting(prod, 'alerting.receivers', []), local);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'dev.platform.network.nodes',
      'dev.edges.0.bufer',
      'dev.platform.network.dnsServiceIp',
      'prod.alerting.receivers',
    ]);
  });

  it('appear in a message that starts with the count of problems', () => {
    expect(() => checkEnvironments([{ ...local, name: 'Local' }])).toThrow(
      '1 problem in the configuration:\n  Local.name  is "Local", expected 2 to 12 lower-case letters and digits',
    );
  });

  it('contain no default messages of zod, even for random wrong values', () => {
    const settings = settingsOf(prod);
    const junk = fc.oneof(
      fc.constant(undefined),
      fc.constant(null),
      fc.string(),
      fc.integer(),
      fc.constant([]),
      fc.constant({}),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...settings), junk), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const mangled = structuredClone(prod) as unknown as Record<string, unknown>;
          // `fc.constant({})` always returns the same object. Without a copy, later changes would change that object.
          for (const [setting, value] of changes) {
            setDeep(mangled, setting.split('.'), structuredClone(value));
          }
          try {
            checkEnvironments([mangled as unknown as EnvironmentValues]);
          } catch (error) {
            expect(error).toBeInstanceOf(EnvironmentError);
            const messages = (error as EnvironmentError).problems.map(({ message }) => message);
            expect(messages.length).toBeGreaterThan(0);
            expect(messages.filter((message) => /Invalid |Too (small|big)|must match/.test(message))).toEqual(
              [],
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function settingsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const setting = prefix ? `${prefix}.${key}` : key;
    return [setting, ...settingsOf(inner, setting)];
  });
}

function setDeep(node: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) node[key] = value;
  else if (typeof node[key] === 'object' && node[key] !== null) {
    setDeep(node[key] as Record<string, unknown>, rest, value);
  }
}
