import { azureChange } from '../azure-plan.ts';
import type { Draft } from '../draft-plan.ts';
import { releaseAction, releaseChange, resourceChange } from '../local-change.ts';
import { recorded } from '../recorded.ts';
import type { RuleCases } from './case.ts';

const stack = 'kube-prometheus-stack';
const edge = 'nats/another-cluster';
const dashboard = ['kubernetes_config_map_v1', 'airflow-3/dashboard-nats-dashboard'] as const;

const groups = (values: Draft) => values.additionalPrometheusRulesMap.platform.groups;
const rule = (values: Draft, kind: 'alert' | 'record') =>
  groups(values)
    .flatMap(({ rules }: Draft) => rules)
    .find((found: Draft) => found[kind]);
function without(values: Draft, kind: 'alert' | 'record'): void {
  const { [kind]: name } = rule(values, kind);
  for (const group of groups(values))
    group.rules = group.rules.filter((found: Draft) => found[kind] !== name);
}
const alertmanager = (values: Draft) => values.alertmanager.config;
const pager = { name: 'pager', pagerduty_configs: [{ routing_key_file: '/etc/x' }] };
const withPager = (values: Draft) => {
  alertmanager(values).receivers.push(pager);
  alertmanager(values).route.routes.push({
    receiver: 'pager',
    matchers: ['severity =~ "critical|warning"'],
    continue: true,
  });
};
const agent = (values: Draft) =>
  values.extraResources.find(({ kind }: Draft) => kind === 'PrometheusAgent').spec;
const spec = (values: Draft) => values.prometheus.prometheusSpec;

export const monitoringCases: RuleCases = {
  'scrape-interval-longer': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).scrapeInterval = '2m';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).scrapeInterval = '15s';
      }),
  },
  'alert-removed': {
    applies: () => releaseChange(stack, (values) => without(values, 'alert')),
    other: () =>
      releaseChange(stack, (values) => groups(values)[0].rules.push({ alert: 'New', expr: 'vector(1)' })),
  },
  'alert-expression-changed': {
    applies: () => recorded('alert-threshold-changed'),
    other: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').annotations.summary = 'Another text.';
      }),
  },
  'alert-slower': {
    applies: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').for = '1h';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').expr = 'vector(1)';
      }),
  },
  'alert-severity-lowered': {
    applies: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').labels.severity = 'info';
      }),
    other: () =>
      releaseChange(
        stack,
        (values) => {
          rule(values, 'alert').labels.severity = 'critical';
        },
        (values) => {
          rule(values, 'alert').labels.severity = 'warning';
        },
      ),
  },
  'recording-rule-removed': {
    applies: () => releaseChange(stack, (values) => without(values, 'record')),
    other: () =>
      releaseChange(stack, (values) => groups(values)[0].rules.push({ record: 'a:b', expr: 'vector(1)' })),
  },
  'dead-man-switch-off': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.defaultRules = { disabled: { Watchdog: true } };
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.defaultRules = { disabled: { KubeJobFailed: true } };
      }),
  },
  'outside-watcher-removed': {
    applies: () => azureChange('managed-platform', 'azurerm_monitor_alert_prometheus_rule_group', 'delete'),
    other: () => azureChange('managed-platform', 'azurerm_monitor_alert_prometheus_rule_group', 'create'),
  },
  'alertmanager-off': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.alertmanager.enabled = false;
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.alertmanager.enabled = true;
      }),
  },
  'receiver-removed': {
    applies: () =>
      releaseChange(
        stack,
        (values) => {
          alertmanager(values).receivers.pop();
        },
        withPager,
      ),
    other: () => releaseChange(stack, withPager),
  },
  'receiver-changed': {
    applies: () =>
      releaseChange(
        stack,
        (values) => {
          alertmanager(values).receivers[1].pagerduty_configs[0].routing_key_file = '/etc/y';
        },
        withPager,
      ),
    other: () => releaseChange(stack, withPager),
  },
  'route-loses-severity': {
    applies: () =>
      releaseChange(
        stack,
        (values) => {
          alertmanager(values).route.routes[1].matchers = ['severity =~ "critical"'];
        },
        withPager,
      ),
    other: () =>
      releaseChange(
        stack,
        (values) => {
          alertmanager(values).route.routes[1].matchers = ['severity =~ "critical|info|warning"'];
        },
        withPager,
      ),
  },
  'inhibition-added': {
    applies: () =>
      releaseChange(stack, (values) =>
        alertmanager(values).inhibit_rules.push({ source_matchers: ['a = b'], target_matchers: ['c = d'] }),
      ),
    other: () => releaseChange(stack, withPager),
  },
  'scrape-removed': {
    applies: () =>
      releaseChange('nats/nats', (values) => {
        values.extraResources = values.extraResources.filter(({ kind }: Draft) => kind !== 'ServiceMonitor');
      }),
    other: () =>
      releaseChange('nats/nats', (values) =>
        values.extraResources.push({
          kind: 'ServiceMonitor',
          metadata: { name: 'shop', namespace: 'nats' },
          spec: {},
        }),
      ),
  },
  'scrape-off': {
    applies: () =>
      releaseChange('nats/nats', (values) => {
        values.promExporter.podMonitor.enabled = false;
      }),
    other: () =>
      releaseChange('nats/nats', (values) => {
        values.natsBox.enabled = true;
      }),
  },
  'monitor-selection-changed': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).ruleSelector.matchLabels.release = 'other';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).replicas = 2;
      }),
  },
  'monitored-namespace-removed': {
    applies: () =>
      releaseChange(stack, (values) =>
        spec(values).podMonitorNamespaceSelector.matchExpressions[0].values.pop(),
      ),
    other: () =>
      releaseChange(stack, (values) =>
        spec(values).podMonitorNamespaceSelector.matchExpressions[0].values.push('shop'),
      ),
  },
  'edge-removed': {
    applies: () => recorded('edge-removed-destroy-local-federation'),
    other: () => releaseAction('nats/nats', 'delete'),
  },
  'edge-not-accepted': {
    applies: () => recorded('edge-removed-monitoring'),
    other: () => recorded('retention-cut-10d-to-3d'),
  },
  'remote-write-removed': {
    applies: () =>
      releaseChange(
        edge,
        (values) => agent(values).remoteWrite.pop(),
        (values) =>
          agent(values).remoteWrite.push({ name: 'thanos', url: 'https://thanos-router.thanos.svc' }),
      ),
    other: () =>
      releaseChange(edge, (values) =>
        agent(values).remoteWrite.push({ name: 'thanos', url: 'https://thanos-router.thanos.svc' }),
      ),
  },
  'remote-write-moved': {
    applies: () =>
      releaseChange(edge, (values) => {
        agent(values).remoteWrite[0].url = 'https://other.example.com';
      }),
    other: () =>
      releaseChange(edge, (values) => {
        agent(values).remoteWrite[0].queueConfig.maxShards = 20;
      }),
  },
  'receiver-off': {
    applies: () =>
      releaseChange(stack, (values) => {
        spec(values).enableRemoteWriteReceiver = false;
      }),
    other: () =>
      releaseChange(stack, (values) => {
        spec(values).replicas = 2;
      }),
  },
  'series-labels-changed': {
    applies: () => recorded('edge-labels-changed'),
    other: () => recorded('nats-volume-grown-1Gi-to-2Gi'),
  },
  'dashboard-removed': {
    applies: () => resourceChange(...dashboard, 'delete'),
    other: () => resourceChange(...dashboard, 'create'),
  },
  'audit-log-removed': {
    applies: () => azureChange('prod-platform', 'azurerm_monitor_diagnostic_setting', 'delete'),
    other: () => azureChange('prod-platform', 'azurerm_monitor_diagnostic_setting', 'create'),
  },
  'pushgateway-labels-lost': {
    applies: () =>
      releaseChange('pushgateway', (values) => {
        values.serviceMonitor.honorLabels = false;
      }),
    other: () =>
      releaseChange('pushgateway', (values) => {
        values.serviceMonitor.interval = '15s';
      }),
  },
  'alert-added': {
    applies: () =>
      releaseChange(stack, (values) => groups(values)[0].rules.push({ alert: 'New', expr: 'vector(1)' })),
    other: () => releaseChange(stack, (values) => without(values, 'alert')),
  },
  'alert-text-changed': {
    applies: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').annotations.summary = 'Another text.';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        rule(values, 'alert').for = '1h';
      }),
  },
  'dashboard-changed': {
    applies: () =>
      resourceChange(...dashboard, 'update', (object) => {
        object.data['nats-dashboard.json'] = object.data['nats-dashboard.json'].replace('NATS', 'Nats');
      }),
    other: () =>
      resourceChange(...dashboard, 'update', (object) => {
        object.metadata[0].labels.team = 'x';
      }),
  },
  'receiver-added': {
    applies: () => releaseChange(stack, withPager),
    other: () =>
      releaseChange(
        stack,
        (values) => {
          alertmanager(values).receivers.pop();
        },
        withPager,
      ),
  },
  'scrape-added': {
    applies: () =>
      releaseChange('nats/nats', (values) =>
        values.extraResources.push({
          kind: 'PodMonitor',
          metadata: { name: 'shop', namespace: 'nats' },
          spec: {},
        }),
      ),
    other: () => releaseChange('nats/nats', (values) => values.extraResources.pop()),
  },
};
