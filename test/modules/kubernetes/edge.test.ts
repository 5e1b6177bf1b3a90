import { describe, expect, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { clusters } from '../../../config/topology.ts';
import { Edge } from '../../../modules/kubernetes/edge/edge.ts';
import { edgePlan } from '../../../modules/kubernetes/edge/plan.ts';
import type { EdgeProps } from '../../../modules/kubernetes/edge/props.ts';
import { scrapedByCentral } from '../../../modules/kubernetes/monitor-labels.ts';
import { flushSeconds } from './flush-deadline.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { release, releaseValues, resources, synthesize } from './synthesis.ts';

const central = 'kube-prometheus-stack-prometheus.airflow-3.svc';

const plain: Omit<EdgeProps, 'connection'> = {
  name: 'default',
  namespace: 'another-cluster',
  labels: clusters.edge,
  receiver: {
    url: `https://${central}:9096/api/v1/write`,
    serverName: central,
    clientCertificate: 'issued',
  },
  nats: { replicas: 1, storage: { size: '2Gi' } },
  buffer: { size: '5Gi' },
  plan: edgePlan({}, { outOfOrderWindow: '6h' }),
};

function synthesized(given: Partial<EdgeProps> = {}) {
  return synthesize((stack, connection) => new Edge(stack, 'edge', { connection, ...plain, ...given }));
}

const riders = (given?: Partial<EdgeProps>): Manifest[] =>
  releaseValues(synthesized(given), 'nats').extraResources;
const rider = (kind: string, given?: Partial<EdgeProps>) =>
  riders(given).find((manifest) => manifest.kind === kind) as Manifest;

describe('an edge', () => {
  it('consists of valid objects', () => {
    for (const manifest of [...riders(), ...kubernetesObjects(synthesized())]) validate(manifest);
  });

  it('has one namespace for all its objects', () => {
    const [namespace] = kubernetesObjects(synthesized()).filter(({ kind }) => kind === 'Namespace');
    expect(namespace?.metadata).toMatchObject({
      name: 'another-cluster',
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    });
    for (const { metadata } of riders()) expect(metadata.namespace).toBe('another-cluster');
  });

  it('has no `kubernetes_manifest`, because the plan would fail without the CRDs', () => {
    expect(resources(synthesized(), 'kubernetes_manifest')).toEqual([]);
  });

  it('has a Service for the metrics of its NATS servers', () => {
    expect(rider('Service').spec.ports).toEqual([
      { name: 'prom-metrics', port: 7777, targetPort: 'prom-metrics' },
    ]);
  });

  it('is installed after its namespace', () => {
    expect(release(synthesized(), 'nats').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_namespace_v1\./),
    ]);
  });
});

describe('the agent of an edge', () => {
  const agent = rider('PrometheusAgent');

  it('has the pod label by which dashboards select agents', () => {
    expect(agent.spec.podMetadata.labels).toEqual({ app: 'prometheus-agent' });
  });

  it('adds the labels of its cluster to all series', () => {
    expect(agent.spec.externalLabels).toEqual({ cluster: 'another-cluster', environment: 'demo' });
  });

  it('keeps unsent samples on a volume for six hours', () => {
    expect(agent.spec.storage.volumeClaimTemplate.spec.resources.requests.storage).toBe('5Gi');
    expect(agent.spec.additionalArgs).toContainEqual({
      name: 'storage.agent.retention.max-time',
      value: '6h',
    });
    expect(agent.spec.remoteWrite[0].queueConfig).toMatchObject({ sampleAgeLimit: '6h', maxShards: 10 });
  });

  it('reloads within one scrape interval, even if the receiver is down', () => {
    expect(flushSeconds(agent.spec.additionalArgs) * 2).toBeLessThan(scrapeIntervalSeconds.cluster);
  });

  it('verifies the certificate of the receiver', () => {
    const client = riders().find(({ metadata }) => metadata.name === 'remote-write-tls');
    expect(client?.spec).toMatchObject({
      secretName: 'remote-write-tls',
      usages: ['digital signature', 'client auth'],
      dnsNames: ['default.edge.prometheus-platform.internal'],
    });
    expect(client?.spec.ipAddresses).toBeUndefined();
    const secret = (key: string) => ({ name: 'remote-write-tls', key });
    expect(agent.spec.remoteWrite[0].messageVersion).toBe('V1.0');
    expect(agent.spec.remoteWrite[0]).toMatchObject({
      url: `https://${central}:9096/api/v1/write`,
      tlsConfig: {
        ca: { secret: secret('ca.crt') },
        cert: { secret: secret('tls.crt') },
        keySecret: secret('tls.key'),
        serverName: central,
      },
    });
    expect(agent.spec.remoteWrite[0].tlsConfig).not.toHaveProperty('insecureSkipVerify');
  });

  it('may read only the pods of its own namespace', () => {
    expect(
      riders()
        .filter(({ kind }) => /Role/.test(kind))
        .map(({ kind }) => kind),
    ).toEqual(['Role', 'RoleBinding']);
    expect(rider('Role').rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ]);
  });

  it('selects the monitors of its own namespace', () => {
    expect(agent.spec).not.toHaveProperty('podMonitorNamespaceSelector');
    const wanted = agent.spec.podMonitorSelector.matchLabels;
    const monitors = [
      rider('PodMonitor').metadata.labels,
      releaseValues(synthesized(), 'nats').promExporter.podMonitor.merge.metadata.labels,
    ];
    for (const labels of monitors) {
      expect(labels).toMatchObject(wanted);
      expect(labels).not.toMatchObject(scrapedByCentral);
    }
  });

  it('scrapes its own metrics over TLS', () => {
    const monitor = rider('PodMonitor');
    expect(monitor.metadata.name).toBe('prometheus-agent');
    expect(monitor.spec.selector.matchLabels).toEqual({ app: 'prometheus-agent' });
    expect(monitor.spec.podMetricsEndpoints[0]).toMatchObject({ port: 'web', scheme: 'https' });
  });

  it('pulls its Prometheus image from the mirror', () => {
    const { spec } = rider('PrometheusAgent', {
      sources: { images: 'mirror.example/hub', pullSecret: 'mirror' },
    });
    expect(spec.image).toBe(`mirror.example/hub/prometheus/prometheus:${agent.spec.version}`);
    expect(spec.imagePullSecrets).toEqual([{ name: 'mirror' }]);
  });
});

describe('two agents of an edge', () => {
  const plan = edgePlan({ replicas: 2 }, { outOfOrderWindow: '6h' });
  const pair = rider('PrometheusAgent', { plan });

  it('have a label that distinguishes their series', () => {
    expect(pair.spec).toMatchObject({ replicas: 2, replicaExternalLabelName: 'prometheus_replica' });
    expect(pair.spec.topologySpreadConstraints).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'prometheus-agent' } },
      })),
    );
  });

  it('have a disruption budget that allows the eviction of one agent', () => {
    expect(rider('PodDisruptionBudget', { plan }).spec).toEqual({
      maxUnavailable: 1,
      selector: { matchLabels: { app: 'prometheus-agent' } },
    });
    expect(rider('PodDisruptionBudget')).toBeUndefined();
  });

  it('have manifests that the Kubernetes schema accepts', () => {
    for (const manifest of riders({ plan })) validate(manifest);
  });
});

describe('the agent of an edge with many series', () => {
  it('has the memory, shards and retention from `edgePlan`', () => {
    const plan = edgePlan({ expectedSeries: 400_000, outage: '1h' }, { outOfOrderWindow: '6h' });
    const { spec } = rider('PrometheusAgent', { plan });
    expect(spec.additionalArgs).toContainEqual({ name: 'storage.agent.retention.max-time', value: '1h' });
    expect(spec.remoteWrite[0].queueConfig).toMatchObject({ maxShards: 27, sampleAgeLimit: '1h' });
    // 128 MB for the agent + 400,000 series * 4 KB + 27 shards * 12,000 samples * 250 bytes = 1725 MiB. The limit is a
    // multiple of 64 MiB.
    expect(spec.resources.limits.memory).toBe('1728Mi');
  });
});

describe('an edge in another cluster', () => {
  const stack = synthesized({
    name: 'west-1',
    receiver: { ...plain.receiver, clientCertificate: 'copied' },
  });

  it('gets a copied client certificate from ephemeral variables', () => {
    for (const part of ['crt', 'key', 'ca']) {
      expect(stack.variable[`edge_west_1_tls_${part}`]).toMatchObject({ sensitive: true, ephemeral: true });
    }
    const [secret] = resources(stack, 'kubernetes_secret_v1');
    expect(secret).toMatchObject({ type: 'kubernetes.io/tls', metadata: { name: 'remote-write-tls' } });
    expect(secret?.data).toBeUndefined();
  });

  it('has no Certificate object for a copied client certificate', () => {
    const names = releaseValues(stack, 'nats').extraResources.map(({ metadata }: Manifest) => metadata.name);
    expect(names).toContain('prometheus-agent-tls');
    expect(names).not.toContain('remote-write-tls');
  });

  it('gets a client certificate from the issuer `clientIssuer`', () => {
    const clientIssuer = { name: 'edge-writer', kind: 'Issuer' } as const;
    const renewed = synthesized({
      name: 'west-1',
      receiver: { ...plain.receiver, clientCertificate: 'issued', clientIssuer },
    });
    expect(renewed.variable).toEqual({});
    const certificates = releaseValues(renewed, 'nats').extraResources.filter(
      ({ kind }: Manifest) => kind === 'Certificate',
    );
    const issuerOf = (name: string) =>
      certificates.find(({ metadata }: Manifest) => metadata.name === name)?.spec.issuerRef;
    expect(issuerOf('remote-write-tls')).toEqual(clientIssuer);
    expect(issuerOf('prometheus-agent-tls')).toEqual({ name: 'platform-ca', kind: 'ClusterIssuer' });
  });

  it('uses the copied client certificate for remote write', () => {
    const agent = releaseValues(stack, 'nats').extraResources.find(
      ({ kind }: Manifest) => kind === 'PrometheusAgent',
    );
    expect(agent.spec.remoteWrite[0].tlsConfig.keySecret.name).toBe('remote-write-tls');
  });
});
