import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prod } from '../../config/environments/index.ts';
import { blocks, only, stackOf, synthesize, valuesOf } from './synthesis.ts';

const synthesis = await synthesize([prod]);
const stack = (layer: string) => stackOf(synthesis, `prod-${layer}`);
const all = [...synthesis.stacks.values()];

const values = (layer: string, release: string) => valuesOf(stack(layer), release);

const monitoring = values('monitoring', 'kube-prometheus-stack');
const { prometheusSpec } = monitoring.prometheus;
const alerts = monitoring.additionalPrometheusRulesMap.platform.groups.flatMap(
  ({ rules }: { rules: { alert?: string; record?: string; annotations?: Record<string, string> }[] }) =>
    rules,
);

/** Each key is a line of docs/production-checklist.md. */
const checks: Readonly<Record<string, () => void>> = {
  'persistent storage'() {
    expect(prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage).toBe('100Gi');
    expect(JSON.stringify(monitoring.alertmanager.alertmanagerSpec.storage)).toContain('5Gi');
    expect(monitoring.grafana.persistence).toMatchObject({ enabled: true, size: '10Gi' });
    expect(JSON.stringify(values('monitoring', 'pushgateway').persistentVolume)).toContain('5Gi');
    expect(JSON.stringify(values('workloads', 'nats').config.jetstream)).toContain('20Gi');
    expect(JSON.stringify(values('federation', 'nats'))).toContain('10Gi');
  },
  'retention by time and size'() {
    expect(prometheusSpec).toMatchObject({ retention: '10d', retentionSize: '90GB' });
  },
  'Grafana authentication'() {
    expect(monitoring.grafana.admin).toMatchObject({ existingSecret: 'grafana-admin' });
    expect(monitoring.grafana['grafana.ini']['auth.anonymous']).toEqual({ enabled: false });
    expect(monitoring.grafana).not.toHaveProperty('adminPassword');
  },
  'Alertmanager with notification channels'() {
    const { receivers, route } = monitoring.alertmanager.config;
    const channels = receivers.filter((receiver: object) => Object.keys(receiver).length > 1);
    expect(channels.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(route)).toContain('critical');
  },
  'recording rules for expensive queries'() {
    expect(alerts.filter(({ record }: { record?: string }) => record).length).toBeGreaterThan(0);
  },
  'RBAC and network policies'() {
    expect(only(stack('platform'), 'azurerm_kubernetes_cluster')).toMatchObject({
      local_account_disabled: true,
      role_based_access_control_enabled: true,
      network_profile: { network_policy: 'cilium' },
    });
    for (const layer of all) {
      const names = (type: string) =>
        blocks(layer, type).map(({ metadata }) => metadata as { name: string; namespace?: string });
      const denied = names('kubernetes_network_policy_v1')
        .filter(({ name }) => name === 'deny-ingress')
        .map(({ namespace }) => namespace);
      expect(denied.sort()).toEqual(
        names('kubernetes_namespace_v1')
          .map(({ name }) => name)
          .sort(),
      );
    }
  },
  'backup strategy'() {
    const instance = only(stack('platform'), 'azurerm_data_protection_backup_instance_kubernetes_cluster');
    expect(instance.backup_datasource_parameters).toMatchObject({
      included_namespaces: ['airflow-3', 'nats', 'another-cluster'],
      volume_snapshot_enabled: true,
    });
  },
  'resource requests and limits'() {
    expect(prometheusSpec.resources).toEqual(prod.central.resources);
    const containers = blocks(stack('workloads'), 'kubernetes_deployment_v1').flatMap(
      // biome-ignore lint/suspicious/noExplicitAny: Terraform blocks have no common type
      ({ spec }) => (spec as any).template.spec.container,
    );
    expect(containers.length).toBeGreaterThan(0);
    for (const { resources } of containers) {
      expect(resources).toMatchObject({
        requests: { memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  },
  'TLS on all endpoints'() {
    const certificates = (text: string) => text.match(/"kind":"Certificate"/g)?.length ?? 0;
    const releases = all.flatMap((layer) => blocks(layer, 'helm_release'));
    const counts = releases.map((release) => [release.name, certificates(String(release.values))] as const);
    const of = (release: string) => counts.filter(([name]) => name === release).map(([, count]) => count);
    expect(of('kube-prometheus-stack')[0]).toBeGreaterThanOrEqual(5);
    expect(of('pushgateway')[0]).toBeGreaterThanOrEqual(1);
    for (const count of of('nats')) expect(count).toBeGreaterThanOrEqual(1);
    expect(prometheusSpec.web.tlsConfig).toBeDefined();
  },
  'a runbook for every alert'() {
    const alertRules = alerts.filter(({ alert }: { alert?: string }) => alert);
    expect(alertRules.length).toBeGreaterThan(10);
    for (const { alert, annotations } of alertRules)
      expect(annotations?.runbook_url, alert).toMatch(/runbooks/);
  },
};

const table = readFileSync(join(import.meta.dirname, '../../docs/production-checklist.md'), 'utf8');
const lines = [...table.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
  .slice(1)
  .map(([, requirement = '']) => requirement);

describe('the production checklist', () => {
  it('has one line for each check of this test file, and no other line', () => {
    expect(lines).toEqual(Object.keys(checks));
  });

  it.each(Object.entries(checks))(
    'has the line "%s", which the production environment fulfils',
    (_line, check) => check(),
  );
});
