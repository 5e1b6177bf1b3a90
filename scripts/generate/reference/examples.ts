/** A certificate of a CA, valid until 2126. */
export const exampleCa = `-----BEGIN CERTIFICATE-----
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

/** Units by type name. For other types, `unitsOfNames` gives the unit by the name of the setting. */
const unitsOfTypes: Readonly<Record<string, string>> = {
  bytes: 'bytes; suffix Mi, Gi or Ti',
  tsdbSize: 'bytes; suffix MB, GB or TB, in powers of two',
  cpu: 'cores; suffix m for a thousandth',
  prometheusDuration: 'time; suffixes y, w, d, h, m, s',
  isoDuration: 'time; ISO 8601',
  backupInterval: 'time; ISO 8601',
  backupRetention: 'time; ISO 8601',
  period: 'time; suffix m or h',
};

const unitsOfNames: readonly (readonly [RegExp, string])[] = [
  [/Days$/, 'days'],
  [/\.hours$/, 'hours'],
  [/\.start$/, 'time of day, UTC'],
  [/Mb$/, 'MB'],
  [/((nats|edges\[\])\.replicas|\.ingesters)$/, 'pods'],
  [/\.replication$/, 'copies'],
  [/\.expectedSeries$/, 'series'],
  [/\.(maximumInstances|alwaysReady)$/, 'instances'],
  [/Pools?(\[\])?\.(min|max)$/, 'nodes'],
];

export function unitOf(path: string, typeName: string | undefined): string {
  const ofType = typeName === undefined ? undefined : unitsOfTypes[typeName];
  return ofType ?? unitsOfNames.find(([pattern]) => pattern.test(path))?.[1] ?? '';
}

/** Examples of settings that no environment in `config/environments/` sets. */
const moreExamples: Readonly<Record<string, unknown>> = {
  'charts.mirror': 'oci://registry.example.com/charts',
  'charts.extraValues': { nats: { config: { monitor: { port: 8222 } } } },
  'images.pullSecret': true,
  'certificates.issuer.name': 'company-ca',
  'certificates.issuer.kind': 'ClusterIssuer',
  'central.monitorNamespaces': ['shop'],
  'central.receiver.sourceRanges': ['10.64.0.0/16'],
  'central.receiver.annotations': { 'networking.gke.io/load-balancer-type': 'Internal' },
  'central.expectedSeries': 2_000_000,
  'central.alsoWriteTo': 'thanos',
  'central.thanos.ingesters': 6,
  'central.thanos.replication': 3,
  'central.thanos.volume': '50Gi',
  'central.thanos.retention': '2y',
  'central.thanos.tenants': { branch: 'payments' },
  'central.azureMonitor.workspace': 'monitoring-prod',
  'central.azureMonitor.silentEmail': 'oncall@example.com',
  'alerting.receivers[].to': 'oncall@example.com',
  'alerting.receivers[].from': 'alerts@example.com',
  'alerting.receivers[].username': 'alerts',
  'alerting.overrides': { UsdtRateStale: { threshold: '1h' } },
  'alerting.chartRules.groups': { kubernetesApps: 'another team owns the applications' },
  'alerting.chartRules.alerts': { PrometheusBadConfig: 'the platform alert has a runbook' },
  'grafana.ingress.host': 'grafana.example.com',
  'grafana.ingress.className': 'nginx',
  'grafana.ingress.tlsSecret': 'grafana-ingress-tls',
  'nats.clients': ['shop'],
  'usdtExporter.upstreamUrl': 'https://p2p.example.com',
  'usdtExporter.app': 'monitoring-prod-usdt',
  'usdtExporter.storageAccount': 'monitoringprodusdt',
  'airflow.databaseHost': 'postgres.example.com',
  'airflow.databaseName': 'airflow',
  'airflow.databaseUser': 'airflow',
  'functions.callers': ['shop'],
  'drift.ignore': [{ kind: 'Service', path: 'metadata.annotations[team]', reason: 'the portal writes it' }],
  'drift.ignore[].namespace': 'nats',
  'drift.ignore[].name': 'usdt-exporter',
  'drift.ignore[].reason': 'the portal of the teams writes it',
  'edges[].cluster.kind': 'kubeconfig',
  'edges[].cluster.context': 'kind-edge',
  'edges[].cluster.path': '~/.kube/edge',
  'edges[].cluster.resourceGroup': 'edge',
  'edges[].cluster.name': 'edge',
  'edges[].storageClass': 'managed-csi',
  'edges[].replicas': 2,
  'edges[].expectedSeries': 50_000,
  'edges[].outage': '1h',
  'edges[].clientIssuer.name': 'edge-writer',
  'edges[].clientIssuer.kind': 'Issuer',
  'platform.objectStorage.storageAccount': 'monitoringprodblocks',
  'platform.objectStorage.ca': exampleCa,
  'platform.objectStorage.keyRevision': 2,
  'platform.cluster.systemPool.labels': { team: 'platform' },
  'platform.cluster.userPools[].labels': { team: 'platform' },
  'platform.kubeconfig.path': '~/.kube/config',
};

/**
 * Example values of a setting. Values from environments are first.
 * @param path in the format of `Field.path`
 */
export function examplesOf(environments: readonly unknown[], path: string): readonly unknown[] {
  const keys = path.split('.').flatMap((key) => (key.endsWith('[]') ? [key.slice(0, -2), '[]'] : [key]));
  const found = environments.flatMap((environment) =>
    keys.reduce<readonly unknown[]>(
      (values, key) =>
        values.flatMap((value) => {
          if (key === '[]') return Array.isArray(value) ? value : [];
          const isObject = typeof value === 'object' && value !== null && key in value;
          return isObject ? [(value as Record<string, unknown>)[key]] : [];
        }),
      [environment],
    ),
  );
  return path in moreExamples ? [...found, moreExamples[path]] : found;
}
