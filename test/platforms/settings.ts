import { dev, local, prod } from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import type { Json } from './environment-values.ts';

/** A certificate of a CA, valid until 2126. */
const ca = `-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIUUcyHwzN3RJgGoisfpNty91o7rRwwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHdGVzdCBDQTAgFw0yNjExMjYwOTIwMDJaGA8yMTI2MTEwMjA5
MjAwMlowEjEQMA4GA1UEAwwHdGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABGeFM6QbIO6mGm4JCFWl+VVSB2noXMAownS+bcNHNnicUxZqjinSK7xj1g5Z
V1vexqbSzW49DXvh8qHJaEDPoWajUzBRMB0GA1UdDgQWBBSwhezhwJYH++nOrcot
oWs2RN0sfDAfBgNVHSMEGDAWgBSwhezhwJYH++nOrcotoWs2RN0sfDAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCzKhd1nVmW+HmYHRCJNh3q4w0B
XLzKGH8gHlxPjGtQCgIgRb4vOD0AYTeMuB2Sv4ToaBvMgetkq/aYfHO2nG5X8qU=
-----END CERTIFICATE-----
`;
const bucket = { endpoint: 'https://s3.example.com', bucket: 'blocks' };

/**
 * Invalid settings. Each entry has the environment, the path of the setting, its value, and the pattern of the expected
 * line.
 */
export const badSettings: [EnvironmentValues, string, Json, RegExp][] = [
  [
    dev,
    'retention',
    '10d',
    /^dev\.retention is an unknown setting; correct the spelling or remove the setting$/,
  ],
  [dev, 'central.retenton', '10d', /^dev\.central\.retenton is an unknown setting/],
  [dev, 'central.labels', undefined, /^dev\.central\.labels is missing; set it$/],
  [
    dev,
    'platform.network.nodes',
    '10.64.0.0/33',
    /^dev\.platform\.network\.nodes "10\.64\.0\.0\/33": expected an IPv4 range/,
  ],
  [
    dev,
    'platform.network.nodes',
    '10.64.0.7/22',
    /^dev\.platform\.network\.nodes .* starts with its first address, such as 10\.64\.0\.0\/16/,
  ],
  [
    dev,
    'platform.network.nodes',
    '10.65.0.0/22',
    /^dev\.platform\.network\.nodes 10\.65\.0\.0\/22 is outside the network 10\.64\.0\.0\/16/,
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
    /^dev\.platform\.network\.dnsServiceIp .* not usable in the service range 10\.96\.0\.0\/16/,
  ],
  [
    dev,
    'platform.network.dnsServiceIp',
    '10.96.0.1',
    /^dev\.platform\.network\.dnsServiceIp .* except the first, the second and the last/,
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
    /^dev\.pushgateway\.ip .* Azure reserves the first four addresses and the last/,
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
    /^dev\.platform\.cluster\.systemPool\.name .* starting with a letter/,
  ],
  [
    dev,
    'platform.cluster.systemPool.name',
    'monitoring',
    /^dev\.platform\.cluster\.userPools two pools have the name monitoring/,
  ],
  [
    dev,
    'platform.cluster.systemPool.min',
    9,
    /^dev\.platform\.cluster pool system has min 9, which is higher than max 2/,
  ],
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
    /^dev\.platform\.registry\.sku Basic supports neither replicas nor zones/,
  ],
  [
    prod,
    'platform.registry.replicas',
    ['southeastasia'],
    /^prod\.platform\.registry\.replicas southeastasia is the registry's own region, which needs no replica; remove this region from the list$/,
  ],
  [
    prod,
    'platform.registry.replicas',
    ['eastasia', 'eastasia'],
    /^prod\.platform\.registry\.replicas eastasia is listed twice; list each region once$/,
  ],
  [
    dev,
    'platform.keyVault.name',
    'monitoring--dev',
    /^dev\.platform\.keyVault\.name .* single inner hyphens/,
  ],
  [dev, 'platform.keyVault.name', 'a-name-of-twenty-five-char', /^dev\.platform\.keyVault\.name .* 3 to 24/],
  [dev, 'platform.operatorRanges', [], /^dev\.platform\.operatorRanges .* allows the whole internet/],
  [
    dev,
    'platform.operatorRanges',
    ['203.0.113.0/24', '0.0.0.0/0'],
    /^dev\.platform\.operatorRanges\.1 "0\.0\.0\.0\/0": .* that is not wider than \/8 and contains only your own addresses: a wider range also admits addresses of other networks$/,
  ],
  [
    dev,
    'platform.operatorRanges.0',
    '128.0.0.0/1',
    /^dev\.platform\.operatorRanges\.0 .* a wider range also admits addresses of other networks$/,
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
  [dev, 'functions.callers', ['batch'], /^dev\.functions\.callers is an unknown setting/],
  [local, 'functions.callers', ['Batch_Jobs'], /^local\.functions\.callers\.0 .* lower-case letters/],
  [dev, 'alerting.runbooks', 'https://wiki/', /^dev\.alerting\.runbooks .* or final slash$/],
  [
    dev,
    'alerting.runbooks',
    'https://reader:s3cret@wiki.example.com/runbooks',
    /^dev\.alerting\.runbooks .* without a login, query, fragment or final slash$/,
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
    /^prod\.platform\.backup\.keep "P13M": .* does not keep a snapshot for a longer time$/,
  ],
  [
    prod,
    'platform.cluster.zones',
    ['1', '1'],
    /^prod\.platform\.cluster\.zones 1 is listed twice; list each zone once$/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'privatelink.blob.core.windows.net',
    /^dev\.platform\.network\.privateZone .* is a zone of Azure, and a private zone of this name would hide Azure's own names in the network; choose/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'dev.privatelink.vaultcore.azure.net',
    /^dev\.platform\.network\.privateZone dev\.privatelink\.vaultcore\.azure\.net is a zone of Azure/,
  ],
  [
    dev,
    'platform.network.privateZone',
    'core.windows.net',
    /^dev\.platform\.network\.privateZone core\.windows\.net is a zone of Azure/,
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
    /^dev\.platform\.operatorRanges\.0 "100\.64\.8\.0\/24": expected public addresses: .* prints your address$/,
  ],
  [
    dev,
    'platform.cluster.systemPool.labels',
    { 'kubernetes.azure.com/mode': 'user' },
    /^dev\.platform\.cluster\.systemPool\.labels\.kubernetes\.azure\.com\/mode .*: expected another domain/,
  ],
  [
    dev,
    'platform.administratorGroupIds',
    ['00000000-0000-0000-0000-0000000000ad', '00000000-0000-0000-0000-0000000000AD'],
    /^dev\.platform\.administratorGroupIds 00000000-0000-0000-0000-0000000000ad is listed twice; list each/,
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
  [
    dev,
    'central.volume',
    undefined,
    /^dev\.central\.retention 10d needs a volume, because .* set central\.volume$/,
  ],
  [
    dev,
    'central.retention.size',
    '29GB',
    /^dev\.central\.retention\.size 29GB leaves no room for the write-ahead log on a volume of 30Gi/,
  ],
  [
    dev,
    'central.resources.limits.memory',
    '512Mi',
    /^dev\.central\.resources\.limits\.memory 512Mi is lower than the memory request 1Gi, and Kubernetes rejects a pod with these values; set/,
  ],
  [dev, 'images.tag', 'latest', /^dev\.images\.tag "latest": .* a tag of one fixed version/],
  [dev, 'images.registry', 'ghcr.io/someone', /^dev\.images\.registry .* remove this setting$/],
  [dev, 'images.mirror', 'https://mirror.example.com', /^dev\.images\.mirror .* without https:\/\//],
  [dev, 'charts.mirror', 'http://charts.example.com', /^dev\.charts\.mirror .* oci:\/\/… or https:\/\/…/],
  [
    dev,
    'charts.mirror',
    'https://reader:s3cret@charts.example.com/all',
    /^dev\.charts\.mirror .* without a login, query, fragment or final slash/,
  ],
  [
    dev,
    'charts.mirror',
    `oci://\${var.x}/charts`,
    /^dev\.charts\.mirror .* the value must not contain \$\{, %\{ or \{\{/,
  ],
  [
    dev,
    'charts.mirror',
    './%{ for x in y }',
    /^dev\.charts\.mirror .* the value must not contain \$\{, %\{ or \{\{/,
  ],
  [
    local,
    'pushgateway.ip',
    '10.64.17.10',
    /^local\.pushgateway\.ip .* only functions on Azure push from outside the cluster/,
  ],
  [
    local,
    'central.receiver',
    { host: 'prometheus.example.com', ip: '10.0.0.10', sourceRanges: ['0.0.0.0/0'] },
    /^local\.central\.receiver\.sourceRanges\.0 "0\.0\.0\.0\/0": .* a wider range also admits addresses of other networks$/,
  ],
  [
    local,
    'central.receiver',
    { host: 'prometheus.example.com', ip: '10.0.0.10', sourceRanges: ['10.1.0.0/16'] },
    /^local\.central\.receiver\.annotations is missing; .* reachable from the internet$/,
  ],
  [local, 'usdtExporter.upstreamUrl', 'https://x/%{ for x in y }', /upstreamUrl .*: expected a URL/],
  [local, 'platform.kubeconfig.context', '%{ for x in y }', /context .*: expected text without/],
  [local, 'platform.kubeconfig.path', './kubeconfig', /path .*: expected a path that starts with \/ or ~\//],
  [local, 'edges.0.name', 'central-helm', /edges\.0\.name "central-helm": expected another name/],
  [local, 'nats.volume', '900000Ki', /nats\.volume "900000Ki": expected a whole quantity/],
  [local, 'central.retention', undefined, /^local\.central\.retention is missing; set the time and the size/],
  [local, 'images.registry', undefined, /^local\.images\.registry is missing/],
  [
    local,
    'functions',
    dev.functions as Json,
    /^local\.functions\.host 'azure' needs a platform of kind 'azure'/,
  ],
  [
    local,
    'usdtExporter',
    { host: 'azure', app: 'rate', storageAccount: 'monitoringrate' },
    /^local\.usdtExporter\.host 'azure' needs a platform of kind 'azure'/,
  ],
  [
    { ...dev, functions: local.functions } as typeof dev,
    'usdtExporter',
    { host: 'azure', app: 'rate', storageAccount: 'monitoringrate' },
    /^dev\.usdtExporter\.host 'azure' needs functions\.host 'azure'/,
  ],
  [
    prod,
    'alerting.receivers',
    [],
    /^prod\.alerting\.receivers has no receiver for critical alerts; add one with the severity critical \(required because production is true\)$/,
  ],
  [prod, 'alerting.receivers.1.name', 'null', /^prod\.alerting\.receivers\.1\.name .*notify nobody$/],
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
  [
    prod,
    'alerting.receivers.1.name',
    'pager',
    /^prod\.alerting\.receivers two receivers have the name pager/,
  ],
  [prod, 'alerting.volume', undefined, /^prod\.alerting\.volume is missing; without a volume, the silences/],
  [prod, 'grafana.volume', undefined, /^prod\.grafana\.volume is missing/],
  [prod, 'platform.cluster.tier', 'Free', /^prod\.platform\.cluster\.tier is Free/],
  [prod, 'platform.cluster.zones', ['1'], /^prod\.platform\.cluster\.zones has fewer than two zones/],
  [prod, 'platform.backup', undefined, /^prod\.platform\.backup is missing/],
  [prod, 'state', { kind: 'local' }, /^prod\.state\.kind is local/],
  [
    dev,
    'central.engine',
    'mimir',
    /^dev\.central\.engine "mimir": expected one of 'prometheus' \| 'thanos' \| 'azure-monitor'$/,
  ],
  [dev, 'platform.kind', undefined, /^dev\.platform\.kind nothing: expected one of 'azure' \| 'existing'$/],
  [dev, 'production', 'yes', /^dev\.production "yes": expected boolean, received string$/],
  [dev, 'nats.replicas', 2, /^dev\.nats\.replicas 2: expected 1, 3 or 5/],
  [
    local,
    'edges.0.replicas',
    2,
    /^local\.edges\.0\.replicas 2 needs an engine that removes duplicates: the engine prometheus would store and count each sample of both agents; set central\.engine to 'thanos' or remove/,
  ],
  [local, 'edges.0.replicas', 3, /^local\.edges\.0\.replicas 3: expected 1 or 2 agents$/],
  [
    local,
    'edges.0.outage',
    '3h',
    /^local\.edges\.0\.outage 3h is longer than central\.outOfOrderWindow: .* set at most 2h, or a longer window$/,
  ],
  [
    local,
    'edges.0.expectedSeries',
    200_000,
    /^local\.edges\.0\.buffer 1Gi is too small: 200000 series every 30 s fill 1836Mi in an outage of 2h; set at least 1836Mi, or a shorter outage$/,
  ],
  [
    local,
    'edges.0.buffer',
    '100Mi',
    /^local\.edges\.0\.buffer 100Mi is too small: 20000 series every 30 s fill 184Mi in an outage of 2h/,
  ],
  [
    local,
    'edges.0.clientIssuer',
    { name: 'edge-writer', kind: 'Issuer' },
    /^local\.edges\.0\.clientIssuer edge-writer is not used: the edge runs in the central cluster/,
  ],
  [dev, 'edges.0.namespace', 'nats', /^dev\.edges\.0\.namespace nats is already used in the central cluster/],
  [
    dev,
    'edges.0.namespace',
    'cert-manager',
    /^dev\.edges\.0\.namespace cert-manager is already used in the central/,
  ],
  [
    dev,
    'edges.0.namespace',
    'thanos',
    /^dev\.edges\.0\.namespace thanos is already used in the central cluster/,
  ],
  [
    dev,
    'edges.0.labels.cluster',
    'nats-primary',
    /^dev\.edges two edges have the label cluster="nats-primary"/,
  ],
  [
    dev,
    'edges.0.cluster',
    { kind: 'kubeconfig', context: 'branch' },
    /^dev\.central\.receiver is missing, therefore edge another-cluster in context branch/,
  ],
  [
    local,
    'edges.0.cluster',
    { kind: 'aks', resourceGroup: 'edge', name: 'edge' },
    /^local\.edges\.0\.cluster\.kind 'aks' needs a platform of kind 'azure'/,
  ],
  ...[
    ca.replace('MIIB', 'MIIC'),
    '/etc/ssl/ca.crt',
    `${ca}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`,
  ].map((text): [EnvironmentValues, string, Json, RegExp] => [
    local,
    'platform.objectStorage',
    { ...bucket, ca: text },
    /^local\.platform\.objectStorage\.ca ".*: expected certificates in PEM, each from -----BEGIN/,
  ]),
  [
    local,
    'platform.objectStorage',
    { ...bucket, keyRevision: 0 },
    /^local\.platform\.objectStorage\.keyRevision 0: expected at least 1/,
  ],
];

/**
 * Valid settings that look similar to invalid settings. Each entry has the environment, the path of the setting, and
 * its value.
 */
export const goodSettings: [EnvironmentValues, string, Json][] = [
  [local, 'edges.0.replicas', 1],
  [local, 'edges.0.outage', '30m'],
  [dev, 'central.resources.limits.memory', '1024Mi'],
  [dev, 'platform.network.privateEndpoints', '10.64.18.0/29'],
  [dev, 'platform.network.privateZone', 'windows.internal'],
  [dev, 'platform.operatorRanges', ['203.0.113.9/32', '172.32.0.0/16', '11.0.0.0/8']],
  [dev, 'platform.cluster.systemPool.labels', { team: 'platform', 'example.com/cost-center': 'a1' }],
  [dev, 'platform.cluster.systemPool.labels', { 'example.kubernetes.azure.com/a': 'b' }],
  [dev, 'platform.cluster.systemPool.name', 'monitor'],
  [prod, 'platform.backup.every', 'PT4H'],
  [prod, 'platform.backup.keep', 'P12M'],
  [local, 'charts.mirror', '/srv/charts'],
  [local, 'platform.objectStorage', { ...bucket, ca: `${ca}\n${ca}`, keyRevision: 2 }],
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
