import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnvironments, EnvironmentError } from '../../config/check-environments.ts';
import type { EnvironmentValues } from '../../config/environment.ts';
import { dev, local, prod } from '../../config/environments/index.ts';
import { clusters } from '../../config/topology.ts';
import { type Json, problemsOf, withSetting } from './environment-values.ts';

const edge = dev.edges[0] as EnvironmentValues['edges'][number];

describe('the environments', () => {
  it('are sound as they are committed', () => {
    expect(problemsOf(dev, prod, local)).toEqual([]);
  });

  it.each([local, prod])('$name labels its series as the laptop does', ({ central, edges }) => {
    expect(central.labels).toEqual(clusters.primary);
    expect(edges.map(({ labels }) => labels)).toContainEqual(clusters.edge);
  });

  it('keep ten days', () => {
    expect([dev, prod, local].map(({ central }) => central.retention?.time)).toEqual(['10d', '10d', '10d']);
  });
});

/** The environment, the setting that is changed, its value, and the line that is expected. */
const badSettings: [EnvironmentValues, string, Json, RegExp][] = [
  [dev, 'retention', '10d', /^dev\.retention is no setting; correct its spelling or remove it$/],
  [dev, 'central.retenton', '10d', /^dev\.central\.retenton is no setting/],
  [dev, 'central.labels', undefined, /^dev\.central\.labels is missing; set it$/],
  [
    dev,
    'platform.network.nodes',
    '10.64.0.0/33',
    /^dev\.platform\.network\.nodes "10\.64\.0\.0\/33": expected an IPv4 range/,
  ],
  [dev, 'platform.network.nodes', '10.64.0.7/22', /^dev\.platform\.network\.nodes .* the first of the range/],
  [
    dev,
    'platform.network.nodes',
    '10.65.0.0/22',
    /^dev\.platform\.network\.nodes 10\.65\.0\.0\/22 lies outside the network 10\.64\.0\.0\/16/,
  ],
  [
    dev,
    'platform.network.functions',
    '10.64.1.0/24',
    /^dev\.platform\.network\.functions .* overlaps nodes 10\.64\.0\.0\/22/,
  ],
  [dev, 'platform.network.pods', '10.64.0.0/14', /^dev\.platform\.network\.pods .* overlaps addressSpace/],
  [dev, 'platform.network.services', '10.244.64.0/20', /^dev\.platform\.network\.services .* overlaps pods/],
  [
    dev,
    'platform.network.dnsServiceIp',
    '10.97.0.10',
    /^dev\.platform\.network\.dnsServiceIp .* not free in the service range 10\.96\.0\.0\/16/,
  ],
  [
    dev,
    'platform.network.dnsServiceIp',
    '10.96.0.1',
    /^dev\.platform\.network\.dnsServiceIp .* not the first, second or last/,
  ],
  [
    dev,
    'platform.network.functions',
    '10.64.16.0/28',
    /^dev\.platform\.network\.functions .* \/27 or larger/,
  ],
  [
    dev,
    'platform.network.nodes',
    '10.64.0.0/29',
    /^dev\.platform\.network\.nodes .* has 3 addresses for 7 nodes/,
  ],
  [
    dev,
    'platform.network.pods',
    '10.244.0.0/22',
    /^dev\.platform\.network\.pods .* has 4 blocks of \/24 for 7 nodes/,
  ],
  [
    dev,
    'pushgateway.ip',
    '10.64.18.10',
    /^dev\.pushgateway\.ip .* not usable in the load balancers' subnet 10\.64\.17\.0\/24/,
  ],
  [
    dev,
    'pushgateway.ip',
    '10.64.17.3',
    /^dev\.pushgateway\.ip .* Azure keeps its first four addresses and the last/,
  ],
  [
    dev,
    'pushgateway.ip',
    undefined,
    /^dev\.pushgateway\.ip is missing; functions on Azure reach the Pushgateway/,
  ],
  [
    dev,
    'platform.cluster.systemPool.name',
    'systempool-1',
    /^dev\.platform\.cluster\.systemPool\.name .* at most 12 lower-case letters and digits/,
  ],
  [
    dev,
    'platform.cluster.systemPool.name',
    '1system',
    /^dev\.platform\.cluster\.systemPool\.name .* a letter first/,
  ],
  [
    dev,
    'platform.cluster.systemPool.name',
    'monitoring',
    /^dev\.platform\.cluster\.userPools monitoring names two pools/,
  ],
  [dev, 'platform.cluster.systemPool.min', 9, /^dev\.platform\.cluster pool system has min 9 above max 2/],
  [
    dev,
    'platform.cluster.maintenance.hours',
    2,
    /^dev\.platform\.cluster\.maintenance\.hours 2: expected at least 4 hours/,
  ],
  [
    dev,
    'platform.registry.name',
    'monitoring-dev',
    /^dev\.platform\.registry\.name .* 5 to 50 letters and digits/,
  ],
  [
    dev,
    'platform.registry.replicas',
    ['eastasia'],
    /^dev\.platform\.registry\.sku Basic has neither replicas nor zones/,
  ],
  [
    prod,
    'platform.registry.replicas',
    ['southeastasia'],
    /^prod\.platform\.registry\.replicas southeastasia is there twice/,
  ],
  [
    dev,
    'platform.keyVault.name',
    'monitoring--dev',
    /^dev\.platform\.keyVault\.name .* single inner hyphens/,
  ],
  [dev, 'platform.keyVault.name', 'a-name-of-twenty-five-char', /^dev\.platform\.keyVault\.name .* 3 to 24/],
  [dev, 'platform.operatorRanges', [], /^dev\.platform\.operatorRanges .* would admit the whole internet/],
  [
    dev,
    'platform.operatorRanges',
    ['203.0.113.0/24', '0.0.0.0/0'],
    /^dev\.platform\.operatorRanges\.1 "0\.0\.0\.0\/0": .* of \/8 or smaller: one so wide would admit the internet$/,
  ],
  [
    dev,
    'platform.operatorRanges.0',
    '128.0.0.0/1',
    /^dev\.platform\.operatorRanges\.0 .* would admit the internet$/,
  ],
  [
    dev,
    'platform.subscriptionId',
    'monitoring',
    /^dev\.platform\.subscriptionId "monitoring": .*az account show/,
  ],
  [
    dev,
    'functions.storageAccount',
    'monitoring-fn',
    /^dev\.functions\.storageAccount .* 3 to 24 lower-case letters and digits/,
  ],
  [
    dev,
    'functions.instanceMemoryMb',
    1024,
    /^dev\.functions\.instanceMemoryMb 1024: expected 512, 2048 or 4096/,
  ],
  [dev, 'functions.nodeVersion', '18', /^dev\.functions\.nodeVersion "18"/],
  [dev, 'functions.every', '*/10 * * * *', /^dev\.functions\.every .* such as 10m, 1h or 6h$/],
  [dev, 'functions.every', '7m', /^dev\.functions\.every "7m": expected minutes that divide an hour/],
  [dev, 'functions.callers', ['batch'], /^dev\.functions\.callers is no setting/],
  [local, 'functions.callers', ['Batch_Jobs'], /^local\.functions\.callers\.0 .* lower-case letters/],
  [dev, 'alerting.runbooks', 'https://wiki/', /^dev\.alerting\.runbooks .* without a final slash$/],
  [
    dev,
    'alerting.runbooks',
    'https://reader:s3cret@wiki.example.com/runbooks',
    /^dev\.alerting\.runbooks .* without a login and without a final slash$/,
  ],
  [
    local,
    'usdtExporter.upstreamUrl',
    'rates.example.com',
    /^local\.usdtExporter\.upstreamUrl .* such as https:\/\//,
  ],
  [
    prod,
    'platform.backup.every',
    '12h',
    /^prod\.platform\.backup\.every "12h": expected PT4H, PT6H, PT8H, PT12H or P1D: Azure takes/,
  ],
  [prod, 'platform.backup.every', 'PT5M', /^prod\.platform\.backup\.every "PT5M": expected PT4H/],
  [prod, 'platform.backup.keep', 'P0D', /^prod\.platform\.backup\.keep "P0D": expected .* from P1D to P360D/],
  [
    prod,
    'platform.backup.keep',
    'P13M',
    /^prod\.platform\.backup\.keep "P13M": .* keeps no snapshot longer$/,
  ],
  [
    prod,
    'platform.cluster.zones',
    ['1', '1'],
    /^prod\.platform\.cluster\.zones 1 is there twice; name each zone once$/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'privatelink.blob.core.windows.net',
    /^dev\.platform\.network\.privateZone .* is Azure's, whose names would no longer resolve in the network; choose/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'dev.privatelink.vaultcore.azure.net',
    /^dev\.platform\.network\.privateZone dev\.privatelink\.vaultcore\.azure\.net is Azure's/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'core.windows.net',
    /^dev\.platform\.network\.privateZone core\.windows\.net is Azure's/,
  ],
  [
    dev,
    'platform.network.loadBalancers',
    '10.64.17.0/30',
    /^dev\.platform\.network\.loadBalancers 10\.64\.17\.0\/30 is too small: .*; choose \/29 or larger$/,
  ],
  [
    dev,
    'platform.network.privateEndpoints',
    '10.64.18.0/30',
    /^dev\.platform\.network\.privateEndpoints 10\.64\.18\.0\/30 is too small/,
  ],
  [
    dev,
    'platform.network.nodes',
    '10.64.0.0/31',
    /^dev\.platform\.network\.nodes 10\.64\.0\.0\/31 has 0 addresses for 7 nodes/,
  ],
  [
    dev,
    'platform.operatorRanges.0',
    '100.64.8.0/24',
    /^dev\.platform\.operatorRanges\.0 "100\.64\.8\.0\/24": expected public addresses: .* prints yours$/,
  ],
  [
    dev,
    'platform.cluster.systemPool.labels',
    { '${var.x}': 'a' },
    /^dev\.platform\.cluster\.systemPool\.labels\.\$\{var\.x\} .*: expected a label's key such as team/,
  ],
  [
    dev,
    'platform.cluster.userPools',
    [],
    /^dev\.platform\.cluster\.userPools \[\]: expected at least 1 in the list$/,
  ],
  [
    dev,
    'platform.keyVault.softDeleteDays',
    100,
    /^dev\.platform\.keyVault\.softDeleteDays 100: expected at most 90$/,
  ],
  [
    dev,
    'platform.keyVault.softDeleteDays',
    7.5,
    /^dev\.platform\.keyVault\.softDeleteDays 7\.5: expected a whole number$/,
  ],
  [dev, 'central.retention.time', '10 days', /^dev\.central\.retention\.time .* Prometheus duration/],
  [dev, 'central.volume', undefined, /^dev\.central\.retention 10d cannot be kept without central\.volume/],
  [dev, 'central.retention.size', '29GB', /^dev\.central\.retention\.size 29GB of 30Gi leaves no room/],
  [
    dev,
    'central.resources.limits.memory',
    '512Mi',
    /^dev\.central\.resources\.limits\.memory 512Mi is below the request of 1Gi, so Kubernetes refuses the pod; raise/,
  ],
  [dev, 'images.tag', 'latest', /^dev\.images\.tag "latest": .* a tag that never moves/],
  [dev, 'images.registry', 'ghcr.io/someone', /^dev\.images\.registry .* remove it$/],
  [dev, 'images.mirror', 'https://mirror.example.com', /^dev\.images\.mirror .* without https:\/\//],
  [dev, 'charts.mirror', 'http://charts.example.com', /^dev\.charts\.mirror .* oci:\/\/…, https:\/\/…/],
  [
    dev,
    'charts.mirror',
    'https://reader:s3cret@charts.example.com/all',
    /^dev\.charts\.mirror .* without a login and without a final slash$/,
  ],
  [dev, 'charts.mirror', `oci://\${var.x}/charts`, /^dev\.charts\.mirror .* without \$\{, %\{ and \{\{/],
  [dev, 'charts.mirror', './%{ for x in y }', /^dev\.charts\.mirror .* without \$\{, %\{ and \{\{/],
  [
    local,
    'pushgateway.ip',
    '10.64.17.10',
    /^local\.pushgateway\.ip .* only functions on Azure come in from outside/,
  ],
  [
    local,
    'central.receiver',
    { host: 'prometheus.example.com', ip: '10.0.0.10', sourceRanges: ['0.0.0.0/0'] },
    /^local\.central\.receiver\.sourceRanges\.0 "0\.0\.0\.0\/0": .* would admit the internet$/,
  ],
  [
    local,
    'central.receiver',
    { host: 'prometheus.example.com', ip: '10.0.0.10', sourceRanges: ['10.1.0.0/16'] },
    /^local\.central\.receiver\.annotations is missing; .* on the internet$/,
  ],
  [local, 'usdtExporter.upstreamUrl', 'https://x/%{ for x in y }', /upstreamUrl .*: expected a URL/],
  [local, 'platform.kubeconfig.context', '%{ for x in y }', /context .*: expected text without/],
  [local, 'platform.kubeconfig.path', './kubeconfig', /path .*: expected a path that starts with \/ or ~\//],
  [local, 'edges.0.name', '1st', /edges\.0\.name "1st": expected a name that begins with a letter/],
  [local, 'edges.0.name', 'central-helm', /edges\.0\.name "central-helm": expected another name/],
  [local, 'nats.volume', '900000Ki', /nats\.volume "900000Ki": expected a whole quantity/],
  [local, 'central.retention', undefined, /^local\.central\.retention is missing; say how long/],
  [local, 'images.registry', undefined, /^local\.images\.registry is missing/],
  [local, 'functions', dev.functions as Json, /^local\.functions\.host azure needs a platform of kind azure/],
  [
    local,
    'usdtExporter',
    { host: 'azure', app: 'rate', storageAccount: 'monitoringrate' },
    /^local\.usdtExporter\.host azure needs functions\.host to be azure/,
  ],
  [
    prod,
    'alerting.receivers',
    [],
    /^prod\.alerting\.receivers has none for critical alerts; add one, because production is true$/,
  ],
  [prod, 'alerting.receivers.1.name', 'null', /^prod\.alerting\.receivers\.1\.name .*tells nobody$/],
  [
    prod,
    'alerting.receivers.1.channel',
    '#on call',
    /^prod\.alerting\.receivers\.1\.channel "#on call": expected the name of a channel, such as #monitoring$/,
  ],
  [
    prod,
    'alerting.receivers.0.severities',
    [],
    /^prod\.alerting\.receivers\.0\.severities \[\]: expected at least 1 in the list$/,
  ],
  [prod, 'alerting.receivers.1.name', 'pager', /^prod\.alerting\.receivers pager names two receivers/],
  [prod, 'alerting.volume', undefined, /^prod\.alerting\.volume is missing; silences/],
  [prod, 'grafana.volume', undefined, /^prod\.grafana\.volume is missing/],
  [prod, 'platform.cluster.tier', 'Free', /^prod\.platform\.cluster\.tier is Free/],
  [prod, 'platform.cluster.zones', ['1'], /^prod\.platform\.cluster\.zones holds fewer than two/],
  [prod, 'platform.backup', undefined, /^prod\.platform\.backup is missing/],
  [prod, 'state', { kind: 'local' }, /^prod\.state\.kind is local/],
  [
    dev,
    'central.engine',
    'thanos',
    /^dev\.central\.engine "thanos": expected one of 'prometheus' \| 'mimir' \| 'azure-monitor'$/,
  ],
  [dev, 'platform.kind', undefined, /^dev\.platform\.kind nothing: expected one of 'azure' \| 'existing'$/],
  [dev, 'production', 'yes', /^dev\.production "yes": expected boolean, received string$/],
  [dev, 'nats.replicas', 2, /^dev\.nats\.replicas 2: expected 1, 3 or 5/],
  [dev, 'edges.0.namespace', 'nats', /^dev\.edges\.0\.namespace nats is taken in the central cluster/],
  [
    dev,
    'edges.0.namespace',
    'cert-manager',
    /^dev\.edges\.0\.namespace cert-manager is taken in the central/,
  ],
  [dev, 'edges.0.namespace', 'mimir', /^dev\.edges\.0\.namespace mimir is taken in the central cluster/],
  [dev, 'edges.0.labels.cluster', 'nats-primary', /^dev\.edges label cluster="nats-primary" is used twice/],
  [
    dev,
    'edges.0.cluster',
    { kind: 'kubeconfig', context: 'branch' },
    /^dev\.central\.receiver is missing; edge another-cluster lives in context branch/,
  ],
  [
    local,
    'edges.0.cluster',
    { kind: 'aks', resourceGroup: 'edge', name: 'edge' },
    /^local\.edges\.0\.cluster\.kind aks needs a platform of kind azure/,
  ],
];

/** The environment, the setting that is changed, and a value that looks like a bad one. */
const goodSettings: [EnvironmentValues, string, Json][] = [
  [dev, 'central.resources.limits.memory', '1024Mi'],
  [dev, 'platform.network.privateEndpoints', '10.64.18.0/29'],
  [dev, 'platform.network.privateZone', 'windows.internal'],
  [dev, 'platform.operatorRanges', ['203.0.113.9/32', '172.32.0.0/16', '11.0.0.0/8']],
  [dev, 'platform.cluster.systemPool.labels', { team: 'platform', 'example.com/cost-center': 'a1' }],
  [prod, 'platform.backup.every', 'PT4H'],
  [prod, 'platform.backup.keep', 'P12M'],
  [local, 'charts.mirror', '/srv/charts'],
  [
    local,
    'central.receiver',
    {
      host: 'prometheus.example.com',
      ip: '10.0.0.10',
      sourceRanges: ['10.1.0.0/16', '192.168.0.0/16'],
      annotations: { internal: 'true' },
    },
  ],
];

describe('a setting at the edge of what is good', () => {
  it.each(
    goodSettings.map(
      ([environment, setting, value]) => [environment.name, setting, value, environment] as const,
    ),
  )('is taken: %s: %s = %j', (_name, setting, value, environment) => {
    expect(problemsOf(withSetting(environment, setting, value))).toEqual([]);
  });
});

describe('a bad setting is reported with its name, what came, and what to do', () => {
  it.each(
    badSettings.map(
      ([environment, setting, value, line]) => [environment.name, setting, value, line, environment] as const,
    ),
  )('%s: %s = %j', (_name, setting, value, line, environment) => {
    const problems = problemsOf(withSetting(environment, setting, value));
    expect(
      problems.filter((problem) => line.test(problem)),
      problems.join('\n'),
    ).toHaveLength(1);
  });

  it.each(['mimir', 'azure-monitor'])('engine %s needs the platform that brings its store', (engine) => {
    const engines = {
      mimir: { mimir: { storageAccount: 'blocks', retention: '1y', ingesters: 3, ingesterVolume: '10Gi' } },
      'azure-monitor': {
        azureMonitor: { workspace: 'metrics', silentAfter: 'PT10M', silentEmail: 'on-call@example.com' },
      },
    } as Record<string, object>;
    const values = withSetting(local, 'central', { ...local.central, engine, ...engines[engine] } as never);
    expect(problemsOf(values)).toEqual([
      expect.stringContaining(`local.central.engine ${engine} needs a platform`),
    ]);
  });

  it('Azure cannot be told of a silence of no time at all', () => {
    const azureMonitor = { workspace: 'metrics', silentAfter: 'PT0M', silentEmail: 'on-call@example' };
    const values = withSetting(dev, 'central', {
      ...dev.central,
      engine: 'azure-monitor',
      azureMonitor,
    } as never);
    expect(problemsOf(values)).toEqual([
      'dev.central.azureMonitor.silentAfter "PT0M": expected an ISO 8601 duration above zero, such as PT5M or P30D',
      'dev.central.azureMonitor.silentEmail "on-call@example": expected an address such as on-call@example.com',
    ]);
  });

  it('a receiver outside the private zone or the subnet has no name or address there', () => {
    const receiver = { host: 'prometheus.example.com', ip: '10.64.16.5', sourceRanges: ['10.70.0.0/16'] };
    const problems = problemsOf(withSetting(dev, 'central.receiver', receiver));
    expect(problems).toEqual([
      expect.stringContaining('dev.central.receiver.ip 10.64.16.5 is not usable'),
      expect.stringContaining('dev.central.receiver.host prometheus.example.com is outside the private zone'),
    ]);
  });

  it.each(['10.0.0.0/8', '172.20.0.0/16', '192.168.1.0/24', '127.0.0.1/32', '169.254.0.0/16'])(
    'operators do not come from %s, which no packet of the internet carries',
    (range) => {
      expect(problemsOf(withSetting(dev, 'platform.operatorRanges.0', range))).toEqual([
        expect.stringContaining(`dev.platform.operatorRanges.0 "${range}": expected public addresses`),
      ]);
    },
  );

  it('the private endpoints of the vault and of every storage account have an address', () => {
    const values = withSetting(
      withSetting(prod, 'usdtExporter', { host: 'azure', app: 'rate', storageAccount: 'monitoringrate' }),
      'platform.network.privateEndpoints',
      '10.80.18.0/29',
    );
    expect(problemsOf(values)).toEqual([
      'prod.platform.network.privateEndpoints 10.80.18.0/29 has 3 addresses for 4 private endpoints; choose a larger range',
    ]);
  });

  it.each<[EnvironmentValues, Json]>([
    [local, { kind: 'kubeconfig', context: 'kind-monitoring' }],
    [local, { kind: 'kubeconfig', context: 'kind-monitoring', path: '~/.kube/config' }],
    [dev, { kind: 'aks', resourceGroup: 'Monitoring-Dev', name: 'monitoring-dev' }],
    [
      dev,
      {
        kind: 'aks',
        subscriptionId: '00000000-0000-0000-0000-00000000000D',
        resourceGroup: 'monitoring-dev',
        name: 'monitoring-dev',
      },
    ],
  ])("an edge does not name the platform's own cluster as another: $name %j", (values, cluster) => {
    expect(problemsOf(withSetting(values, 'edges.0.cluster', cluster))).toEqual([
      expect.stringMatching(/\.edges\.0\.cluster .* is the platform's own, .* second operator; remove it/),
    ]);
  });

  it.each<[EnvironmentValues, Json]>([
    [local, { kind: 'kubeconfig', context: 'kind-monitoring', path: '/other/kubeconfig' }],
    [
      dev,
      {
        kind: 'aks',
        subscriptionId: '00000000-0000-0000-0000-0000000000ee',
        resourceGroup: 'monitoring-dev',
        name: 'monitoring-dev',
      },
    ],
  ])('a cluster of the same name elsewhere is another: $name %j', (values, cluster) => {
    expect(problemsOf(withSetting(values, 'edges.0.cluster', cluster))).toEqual([
      expect.stringMatching(/\.central\.receiver is missing/),
    ]);
  });

  it('an edge in another cluster has a namespace apart from the operator that is put there', () => {
    const elsewhere = { kind: 'kubeconfig', context: 'branch' } as const;
    const problems = problemsOf({
      ...dev,
      edges: [{ ...edge, namespace: 'prometheus-operator', cluster: elsewhere }],
    });
    expect(problems).toContainEqual(
      expect.stringContaining('dev.edges.0.namespace prometheus-operator is taken in context branch'),
    );
  });

  it('a duplicate edge is told by name, namespace and label', () => {
    expect(problemsOf({ ...dev, edges: [edge, edge] })).toEqual([
      expect.stringContaining('another-cluster names two edges'),
      expect.stringContaining('label cluster="another-cluster" is used twice'),
      expect.stringContaining('two edges share namespace another-cluster of the central cluster'),
    ]);
  });
});

describe('all problems', () => {
  it('of all environments come in one list', () => {
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

  it('are counted and aligned for whoever reads them', () => {
    expect(() => checkEnvironments([{ ...local, name: 'Local' }])).toThrow(
      '1 problem in config/environments:\n  Local.name  "Local": expected 2 to 12 lower-case letters and digits',
    );
  });

  it('are listed however an environment is mangled, and nothing else is thrown', () => {
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
          // Clones: one object put into itself would be a circle, which no file of values can hold.
          for (const [setting, value] of changes) {
            setDeep(mangled, setting.split('.'), structuredClone(value));
          }
          try {
            checkEnvironments([mangled as unknown as EnvironmentValues]);
          } catch (error) {
            expect(error).toBeInstanceOf(EnvironmentError);
            const messages = (error as EnvironmentError).problems.map(({ message }) => message);
            expect(messages.length).toBeGreaterThan(0);
            // What zod says where nobody has found better words.
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

describe('two environments', () => {
  it('may not share a name, a context, or what is known worldwide', () => {
    expect(problemsOf(dev, { ...dev }).map((problem) => problem.replace(/ is used twice.*/, ''))).toEqual([
      'dev, dev environment name dev',
      'dev, dev resource group 00000000-0000-0000-0000-00000000000d/monitoring-dev',
      'dev, dev registry monitoringdevacr',
      'dev, dev key vault monitoring-dev-kv',
      'dev, dev function app monitoring-dev-batch',
      'dev, dev storage account monitoringdevfn',
    ]);
    expect(problemsOf(local, { ...local, name: 'other' })).toEqual([
      'local, other kubeconfig context kind-monitoring is used twice; give each its own',
    ]);
  });

  it('may not differ in case alone where Azure does not tell cases apart', () => {
    const platform = dev.platform as Extract<EnvironmentValues['platform'], { kind: 'azure' }>;
    const other = {
      ...prod,
      platform: {
        ...platform,
        ...prod.platform,
        subscriptionId: platform.subscriptionId.toUpperCase(),
        resourceGroup: 'Monitoring-Dev',
        registry: { name: 'MonitoringDevACR', sku: 'Premium' },
        keyVault: { name: 'Monitoring-Dev-KV', softDeleteDays: 90 },
      },
    } as EnvironmentValues;
    const oneName = 'is one name to Azure, which disregards upper and lower case; give each its own';
    expect(problemsOf(dev, other)).toEqual([
      expect.stringContaining(`/monitoring-dev and `),
      `dev, prod registry monitoringdevacr and MonitoringDevACR ${oneName}`,
      `dev, prod key vault monitoring-dev-kv and Monitoring-Dev-KV ${oneName}`,
    ]);
  });

  it('may share the account of their states, and none that an environment makes', () => {
    const account = 'monitoringtfstate';
    expect(problemsOf(dev, withSetting(prod, 'state.storageAccount', account))).toEqual([]);
    expect(problemsOf(dev, withSetting(prod, 'platform.backup.storageAccount', account))).toEqual([
      'dev.state.storageAccount monitoringtfstate is made by prod, and a state must be there before and after; set an account that exists already',
    ]);
  });
});

it('the state of an environment lies outside of what the environment makes', () => {
  const usdtExporter = { host: 'azure', app: 'rate', storageAccount: 'monitoringtfstateprod' } as const;
  for (const values of [
    withSetting(prod, 'functions.storageAccount', 'monitoringtfstateprod'),
    withSetting(prod, 'platform.backup.storageAccount', 'monitoringtfstateprod'),
    { ...prod, usdtExporter },
    {
      ...prod,
      central: {
        ...prod.central,
        engine: 'mimir' as const,
        mimir: {
          storageAccount: 'monitoringtfstateprod',
          retention: '1y',
          ingesters: 3,
          ingesterVolume: '50Gi',
        },
      },
    },
  ]) {
    expect(problemsOf(values)).toEqual([
      expect.stringContaining('prod.state.storageAccount monitoringtfstateprod is made by prod'),
    ]);
  }
});

/** Every setting of some values, branches and leaves, with dots. */
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
