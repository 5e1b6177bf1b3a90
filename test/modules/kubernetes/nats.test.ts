import { describe, expect, it } from 'vitest';
import { clusters } from '../../../config/topology.ts';
import { centralPrometheus, scrapedByCentral } from '../../../modules/kubernetes/monitor-labels.ts';
import { Nats } from '../../../modules/kubernetes/nats/nats.ts';
import type { NatsProps } from '../../../modules/kubernetes/nats/props.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { releaseValues, synthesize } from './synthesis.ts';

function synthesized(given: Partial<NatsProps> = {}) {
  return synthesize(
    (stack, connection) =>
      new Nats(stack, 'nats', {
        connection,
        namespace: 'nats',
        labels: clusters.primary,
        replicas: 3,
        storage: { size: '10Gi', className: 'managed-csi' },
        monitorLabels: scrapedByCentral,
        scraper: centralPrometheus,
        ...given,
      }),
  );
}

const values = (given?: Partial<NatsProps>) => releaseValues(synthesized(given), 'nats');

function patchedEndpoint(given?: Partial<NatsProps>): Record<string, unknown> {
  const prefix = '/spec/podMetricsEndpoints/0/';
  const patches: { path: string; value: unknown }[] = values(given).promExporter.podMonitor.patch;
  return Object.fromEntries(patches.map(({ path, value }) => [path.slice(prefix.length), value]));
}

describe('the series of the NATS exporter', () => {
  it('get the labels of the cluster from the PodMonitor', () => {
    expect(patchedEndpoint().relabelings).toEqual([
      { action: 'replace', targetLabel: 'cluster', replacement: 'nats-primary' },
      { action: 'replace', targetLabel: 'environment', replacement: 'production' },
    ]);
  });

  it('come from port 7777', () => {
    const { port, podMonitor } = values().promExporter;
    expect(port).toBe(7777);
    expect(podMonitor.merge.metadata.labels).toEqual({ release: 'kube-prometheus-stack' });
  });

  it('come from a valid PodMonitor for the Prometheus Operator', () => {
    validate({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'nats' },
      spec: { selector: {}, podMetricsEndpoints: [{ port: 'prom-metrics', ...patchedEndpoint() }] },
    });
  });
});

describe('TLS of NATS', () => {
  const certificates = (): Manifest[] => values().extraResources;

  it('protects the ports for clients, routes and metrics', () => {
    const { config, promExporter } = values();
    expect(config.nats.tls).toEqual({ enabled: true, secretName: 'nats-tls' });
    expect(config.cluster.tls).toEqual({ enabled: true, secretName: 'nats-tls' });
    const args = promExporter.patch.map(({ value }: { value: string }) => value);
    expect(args).toEqual(['-tlscert=/etc/exporter-tls/tls.crt', '-tlskey=/etc/exporter-tls/tls.key']);
    for (const certificate of certificates()) validate(certificate);
  });

  it('protects the monitor port', () => {
    const { config, promExporter } = values();
    expect(config.monitor).toEqual({ tls: { enabled: true } });
    const [mount] = promExporter.merge.volumeMounts;
    expect(promExporter.env).toEqual({ SSL_CERT_FILE: `${mount.mountPath}/ca.crt` });
    expect(certificates()[0]?.spec.dnsNames).toContain('localhost');
  });

  it('has a certificate with the name of every server', () => {
    const [server] = certificates();
    expect(server?.spec.dnsNames).toEqual(
      expect.arrayContaining(['nats.nats.svc', '*.nats-headless', '*.nats-headless.nats.svc.cluster.local']),
    );
  });

  it('renews the two-year certificate of the exporter after one year', () => {
    const [server, exporter] = certificates();
    const hours = (manifest: Manifest | undefined, field: string) =>
      Number.parseInt(manifest?.spec[field], 10);
    expect(hours(server, 'duration')).toBe(90 * 24);
    expect(hours(exporter, 'duration') - hours(exporter, 'renewBefore')).toBe(365 * 24);
    expect(hours(exporter, 'renewBefore')).toBe(365 * 24);
  });
});

describe('JetStream', () => {
  it('has a volume for each server', () => {
    const { fileStore } = values().config.jetstream;
    expect(fileStore.pvc).toEqual({ size: '10Gi', storageClassName: 'managed-csi' });
    expect(fileStore.maxSize).toBe('9216Mi');
  });

  it('rejects the unit G in the size of a volume', () => {
    expect(() => values({ storage: { size: '10G' } })).toThrow(
      "Expected a whole number with a unit, such as 50Gi or 45GB; got '10G'",
    );
  });
});

describe('a single NATS server', () => {
  it('does not use the cluster mode', () => {
    expect(values({ replicas: 1 }).config.cluster).toEqual({ enabled: false, replicas: 1 });
  });
});

describe('the pods of NATS', () => {
  it('meet the restricted Pod Security Standard', () => {
    const { podTemplate, container, reloader, promExporter } = values();
    expect(podTemplate.merge.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const { merge } of [container, reloader, promExporter]) {
      expect(merge.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(merge.resources.limits.memory).toBeDefined();
    }
  });

  it('accept clients, other NATS servers and the scraper on separate ports', () => {
    const [policy] = kubernetesObjects(synthesized({ clients: [{ namespace: 'shop' }] }));
    validate(policy as Manifest);
    const rules = policy?.spec.ingress.map(
      ({ from, ports }: { from: object[]; ports: { port: number }[] }) => [
        from.length,
        ports.map(({ port }) => port),
      ],
    );
    expect(rules).toEqual([
      [2, [4222]],
      [1, [6222]],
      [1, [7777]],
    ]);
  });

  it('use the image from the mirror if a mirror is set', () => {
    const { global, container } = values({ sources: { images: 'mirror.example/hub', pullSecret: 'mirror' } });
    expect(global.image).toEqual({ registry: 'mirror.example/hub', pullSecretNames: ['mirror'] });
    expect(container.image.repository).toBe('library/nats');
  });
});

describe('the release of NATS', () => {
  it('installs the Kubernetes objects from the property `manifests`', () => {
    const rider = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rider' } };
    expect(values({ manifests: [rider] }).extraResources.at(-1)).toEqual(rider);
  });
});
