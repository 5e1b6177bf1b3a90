import { describe, expect, it } from 'vitest';
import type { PushgatewayProps } from '../../../modules/kubernetes/pushgateway/props.ts';
import { Pushgateway } from '../../../modules/kubernetes/pushgateway/pushgateway.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { releaseValues, synthesize } from './synthesis.ts';

function synthesized(given: Partial<PushgatewayProps> = {}) {
  return synthesize(
    (stack, connection) =>
      new Pushgateway(stack, 'pushgateway', {
        connection,
        namespace: 'airflow-3',
        storage: { size: '2Gi' },
        ...given,
      }),
  );
}

const values = (given?: Partial<PushgatewayProps>) => releaseValues(synthesized(given), 'pushgateway');

const monitor = () =>
  (values().extraManifests as Manifest[]).find(({ kind }) => kind === 'ServiceMonitor') as Manifest;

describe('the Pushgateway', () => {
  it('has a Service named `pushgateway`', () => {
    expect(values().fullnameOverride).toBe('pushgateway');
  });

  it('has its own ServiceMonitor, which keeps the labels of pushed metrics', () => {
    expect(values().serviceMonitor).toEqual({ enabled: false });
    validate(monitor());
    expect(monitor()).toMatchObject({
      metadata: { namespace: 'airflow-3', labels: { release: 'kube-prometheus-stack' } },
      spec: { sampleLimit: 5_000, endpoints: [{ port: 'http', path: '/metrics', honorLabels: true }] },
    });
  });

  it('keeps pushed metrics on a volume', () => {
    const { persistentVolume, extraArgs } = values();
    expect(persistentVolume).toEqual({ enabled: true, size: '2Gi' });
    expect(extraArgs).toContain('--persistence.file=/data/pushgateway.data');
  });

  it('accepts only TLS connections, even for probes and scrapes', () => {
    const { extraArgs, liveness, readiness } = values();
    expect(extraArgs).toContain('--web.config.file=/etc/tls/web-config.yaml');
    expect([liveness, readiness].map(({ probe }) => probe.httpGet.scheme)).toEqual(['HTTPS', 'HTTPS']);
    expect(monitor().spec.endpoints[0]).toMatchObject({
      scheme: 'https',
      tlsConfig: { serverName: 'pushgateway.airflow-3.svc' },
    });
  });

  it('has a certificate for its names inside and outside the cluster', () => {
    const [certificate] = values({ extraDnsNames: ['pushgateway.internal'] }).extraManifests as Manifest[];
    validate(certificate as Manifest);
    expect(certificate?.spec.dnsNames).toEqual(
      expect.arrayContaining(['pushgateway.airflow-3.svc', 'pushgateway.internal', 'localhost']),
    );
  });

  it('publishes the CA certificate without its key', () => {
    const [, template] = values().extraManifests as string[];
    expect(template).toContain('lookup "v1" "Secret" "airflow-3" "kube-prometheus-stack-admission"');
    expect(template).toContain('index .data "ca.crt"');
    expect(template).not.toContain('tls.key');
  });

  it('meets the restricted Pod Security Standard', () => {
    const { securityContext, containerSecurityContext, automountServiceAccountToken } = values();
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containerSecurityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(automountServiceAccountToken).toBe(false);
  });

  it('accepts connections only from Prometheus and the configured pushers', () => {
    const [policy] = kubernetesObjects(synthesized({ pushers: [{ cidr: '10.64.16.0/24' }] }));
    validate(policy as Manifest);
    const [{ from, ports }] = policy?.spec.ingress ?? [];
    expect(ports).toEqual([{ port: 9091, protocol: 'TCP' }]);
    expect(from).toMatchObject([
      { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } },
      { ipBlock: { cidr: '10.64.16.0/24' } },
    ]);
  });

  it('uses the image from the mirror if there is a mirror', () => {
    const { image, imagePullSecrets } = values({
      sources: { images: 'mirror.example/hub', pullSecret: 'mirror' },
    });
    expect(image).toEqual({ registry: 'mirror.example/hub', repository: 'prometheus/pushgateway' });
    expect(imagePullSecrets).toEqual([{ name: 'mirror' }]);
  });
});
