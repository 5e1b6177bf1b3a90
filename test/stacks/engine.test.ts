import { describe, expect, it } from 'vitest';
import { kubernetesObjects } from '../modules/kubernetes/manifest.ts';
import { committed, variants } from './environments.ts';
import {
  type Block,
  blocks,
  only,
  releaseNames,
  type StackJson,
  stackOf,
  synthesize,
  valuesOf,
} from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);

describe('the engine', () => {
  const prometheus = (values: { prometheus: { prometheusSpec: Block } }) => values.prometheus.prometheusSpec;

  it('mimir receives every sample of the central Prometheus, and Grafana queries Mimir through a data source with the same uid', () => {
    const monitoring = stackOf(variant, 'mimir-monitoring');
    expect(releaseNames(monitoring)).toContain('mimir');
    const values = valuesOf(monitoring, 'kube-prometheus-stack');
    expect(prometheus(values).remoteWrite).toEqual([
      { name: 'mimir', url: 'http://mimir-gateway.mimir.svc/api/v1/push' },
    ]);
    const text = JSON.stringify(values.grafana);
    expect(text).toContain('http://mimir-gateway.mimir.svc/prometheus');
    expect(text).toContain('"uid":"prometheus"');
  });

  it('mimir reads and writes blobs with an identity that only the pods of Mimir can use', () => {
    const platform = stackOf(variant, 'mimir-platform');
    expect(only(platform, 'azurerm_federated_identity_credential')).toMatchObject({
      subject: 'system:serviceaccount:mimir:mimir',
    });
    const values = valuesOf(stackOf(variant, 'mimir-monitoring'), 'mimir');
    expect(values.serviceAccount).toMatchObject({
      name: 'mimir',
      annotations: {
        'azure.workload.identity/client-id': expect.stringContaining('data.azurerm_user_assigned_identity'),
      },
    });
  });

  it('mimir is installed after its namespace, and accepts connections only from Prometheus and Grafana', () => {
    const monitoring = stackOf(variant, 'mimir-monitoring');
    const [mimir] = blocks(monitoring, 'helm_release').filter(({ name }) => name === 'mimir');
    expect(mimir?.depends_on).toContainEqual(
      expect.stringMatching(/^kubernetes_namespace_v1\.mimir-namespace_/),
    );
    const gateway = kubernetesObjects(monitoring).find(({ metadata }) => metadata.name === 'allow-gateway');
    expect(gateway?.spec.ingress[0].from).toEqual(
      ['prometheus', 'grafana'].map((name) => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'airflow-3' } },
        podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/name': name }) },
      })),
    );
  });

  it('azure-monitor receives samples through a workload identity and has its own alert on missing samples', () => {
    const values = valuesOf(stackOf(variant, 'managed-monitoring'), 'kube-prometheus-stack');
    expect(prometheus(values).remoteWrite).toEqual([
      expect.objectContaining({
        url: expect.stringContaining('Microsoft-PrometheusMetrics/api/v1/write'),
        azureAd: expect.objectContaining({ workloadIdentity: expect.anything() }),
      }),
    ]);
    expect(
      only(stackOf(variant, 'managed-platform'), 'azurerm_monitor_alert_prometheus_rule_group'),
    ).toMatchObject({
      interval: 'PT1M',
      rule: [
        {
          expression: 'vector(1) unless group(up{job="kube-prometheus-stack-prometheus"})',
          for: 'PT10M',
          severity: 1,
        },
      ],
    });
  });

  it('does not change the agents and the rules', () => {
    const [before, after] = [stackOf(synthesis, 'dev-federation'), stackOf(variant, 'managed-federation')];
    expect(JSON.stringify(after.resource).replaceAll('managed-federation', 'dev-federation')).toBe(
      JSON.stringify(before.resource),
    );
    const rules = (stack: StackJson) => valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap;
    expect(rules(stackOf(variant, 'managed-monitoring'))).toEqual(
      rules(stackOf(synthesis, 'dev-monitoring')),
    );
  });
});

it('a central Prometheus without a volume keeps one day of samples, because this amount fits on the disk of its node', () => {
  const { prometheusSpec } = valuesOf(
    stackOf(variant, 'managed-monitoring'),
    'kube-prometheus-stack',
  ).prometheus;
  expect(prometheusSpec.retention).toBe('1d');
  expect(prometheusSpec).not.toHaveProperty('storageSpec');
});
