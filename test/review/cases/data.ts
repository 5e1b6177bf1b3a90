import { azureChange } from '../azure-plan.ts';
import { type Draft, type DraftAction, draftChange, planWith } from '../draft-plan.ts';
import { releaseAction, releaseAttributes, releaseChange, resourceChange } from '../local-change.ts';
import { recorded } from '../recorded.ts';
import type { RuleCases } from './case.ts';
import { ingester, thanosChange } from './thanos.ts';

const stack = 'kube-prometheus-stack';
const edge = 'nats/another-cluster';

const claim = (values: Draft) => values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec;
const agent = (values: Draft) => values.extraResources.find(({ kind }: Draft) => kind === 'PrometheusAgent');
const blobs = (account: Draft) => account.blob_properties[0];

export const dataCases: RuleCases = {
  'volume-shrunk': {
    applies: () => recorded('prometheus-volume-shrunk-10Gi-to-8Gi'),
    other: () => recorded('prometheus-volume-grown-10Gi-to-20Gi'),
  },
  'volume-grown': {
    applies: () => recorded('nats-volume-grown-1Gi-to-2Gi'),
    other: () => recorded('nats-replicas-1-to-3'),
  },
  'volume-removed': {
    applies: () => releaseChange(stack, (values) => delete values.prometheus.prometheusSpec.storageSpec),
    other: () =>
      releaseChange(stack, (values) => {
        claim(values).accessModes = ['ReadWriteOncePod'];
      }),
  },
  'volume-disabled': {
    applies: () =>
      releaseChange('pushgateway', (values) => {
        values.persistentVolume.enabled = false;
      }),
    other: () =>
      releaseChange('pushgateway', (values) => {
        values.persistentVolume.annotations = { a: 'b' };
      }),
  },
  'storage-class-changed': {
    applies: () =>
      releaseChange(
        stack,
        (values) => {
          claim(values).storageClassName = 'fast';
        },
        (values) => {
          claim(values).storageClassName = 'slow';
        },
      ),
    other: () =>
      releaseAction(stack, 'create', (values) => {
        claim(values).storageClassName = 'fast';
      }),
  },
  'nats-becomes-cluster': {
    applies: () => recorded('nats-replicas-1-to-3'),
    other: () => recorded('nats-volume-grown-1Gi-to-2Gi'),
  },
  'nats-leaves-cluster': {
    applies: () =>
      releaseChange(
        'nats/nats',
        (values) => {
          values.config.cluster = { enabled: false, replicas: 1 };
        },
        (values) => {
          values.config.cluster = { enabled: true, replicas: 3 };
        },
      ),
    other: () => recorded('nats-replicas-1-to-3'),
  },
  'stateful-set-replaced': {
    applies: () => thanosChange('replace'),
    other: () =>
      thanosChange('update', (spec) => {
        spec.replicas = '4';
      }),
  },
  'stateful-set-destroyed': {
    applies: () => thanosChange('delete'),
    other: () => resourceChange('kubernetes_deployment_v1', 'nats/usdt-exporter', 'delete'),
  },
  'volume-claim-destroyed': {
    applies: () => claimChange('replace'),
    other: () => claimChange('create'),
  },
  'namespace-destroyed': {
    applies: () => recorded('edge-removed-destroy-local-federation'),
    other: () => recorded('edge-added'),
  },
  'release-destroyed': {
    applies: () => recorded('edge-removed-destroy-local-federation'),
    other: () => releaseAction('cert-manager', 'delete'),
  },
  'release-replaced': {
    applies: () => releaseAction('pushgateway', 'replace'),
    other: () => releaseAction('cert-manager', 'replace'),
  },
  'pushgateway-persistence-off': {
    applies: () =>
      releaseChange('pushgateway', (values) => {
        values.extraArgs = values.extraArgs.filter((text: string) => !text.startsWith('--persistence.file'));
      }),
    other: () => releaseChange('pushgateway', (values) => values.extraArgs.push('--log.level=debug')),
  },
  'crds-uninstalled': {
    applies: () => releaseAction('prometheus-operator-crds', 'delete'),
    other: () => releaseAction('pushgateway', 'delete'),
  },
  'crds-unprotected': {
    applies: () =>
      releaseChange('cert-manager', (values) => {
        values.crds.keep = false;
      }),
    other: () =>
      releaseChange('cert-manager', (values) => {
        values.resources.limits.memory = '512Mi';
      }),
  },
  'agent-removed-with-buffer': {
    applies: () => recorded('edge-removed-destroy-local-federation'),
    other: () => recorded('edge-labels-changed'),
  },
  'retention-time-cut': {
    applies: () => recorded('retention-cut-10d-to-3d'),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.retention = '2w';
      }),
  },
  'retention-size-cut': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.retentionSize = '900MB';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.retentionSize = '18GB';
      }),
  },
  'thanos-retention-cut': {
    applies: () => thanosChange('update', (spec) => ingester(spec, '--tsdb.retention=3d')),
    other: () => thanosChange('update', (spec) => ingester(spec, '--tsdb.retention=30d')),
  },
  'alertmanager-retention-cut': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.alertmanager.alertmanagerSpec.retention = '2d';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.alertmanager.alertmanagerSpec.retention = '6d';
      }),
  },
  'out-of-order-window-cut': {
    applies: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.tsdb.outOfOrderTimeWindow = '30m';
      }),
    other: () =>
      releaseChange(stack, (values) => {
        values.prometheus.prometheusSpec.tsdb.outOfOrderTimeWindow = '6h';
      }),
  },
  'edge-buffer-cut': {
    applies: () =>
      releaseChange(edge, (values) => {
        agent(values).spec.additionalArgs[0].value = '1h';
      }),
    other: () =>
      releaseChange(edge, (values) => {
        agent(values).spec.additionalArgs[0].value = '6h';
      }),
  },
  'jetstream-limit-cut': {
    applies: () =>
      releaseChange('nats/nats', (values) => {
        values.config.jetstream.fileStore.maxSize = '500Mi';
      }),
    other: () =>
      releaseChange('nats/nats', (values) => {
        values.config.jetstream.fileStore.maxSize = '1800Mi';
      }),
  },
  'blob-restore-window-cut': {
    applies: () =>
      azureChange('prod-platform', 'azurerm_storage_account', 'update', (account) => {
        blobs(account).delete_retention_policy[0].days = 1;
      }),
    other: () =>
      azureChange('prod-platform', 'azurerm_storage_account', 'update', (account) => {
        blobs(account).delete_retention_policy[0].days = 30;
      }),
  },
  'blob-versioning-off': {
    applies: () =>
      azureChange('prod-platform', 'azurerm_storage_account', 'update', (account) => {
        blobs(account).versioning_enabled = false;
      }),
    other: () =>
      azureChange('prod-platform', 'azurerm_storage_account', 'create', (account) => {
        blobs(account).versioning_enabled = false;
      }),
  },
  'log-retention-cut': {
    applies: () =>
      azureChange('prod-platform', 'azurerm_log_analytics_workspace', 'update', (logs) => {
        logs.retention_in_days = 30;
      }),
    other: () =>
      azureChange('prod-platform', 'azurerm_log_analytics_workspace', 'update', (logs) => {
        logs.retention_in_days = 365;
      }),
  },
  'backup-retention-cut': {
    applies: () =>
      azureChange('prod-platform', backupPolicy, 'update', (policy) => {
        keep(policy, 'P7D');
      }),
    other: () =>
      azureChange('prod-platform', backupPolicy, 'update', (policy) => {
        keep(policy, 'P30D');
      }),
  },
  'vault-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_key_vault', 'replace'),
    other: () =>
      azureChange('prod-platform', 'azurerm_key_vault', 'update', (vault) => {
        vault.tags.team = 'x';
      }),
  },
  'vault-protection-off': {
    applies: () =>
      azureChange('prod-platform', 'azurerm_key_vault', 'update', (vault) => {
        vault.purge_protection_enabled = false;
      }),
    other: () => azureChange('prod-platform', 'azurerm_key_vault', 'create'),
  },
  'vault-restore-window-cut': {
    applies: () =>
      azureChange('prod-platform', 'azurerm_key_vault', 'update', (vault) => {
        vault.soft_delete_retention_days = 7;
      }),
    other: () =>
      azureChange('prod-platform', 'azurerm_key_vault', 'update', (vault) => {
        vault.tags.team = 'x';
      }),
  },
  'storage-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_storage_account', 'delete'),
    other: () => azureChange('prod-platform', 'azurerm_storage_account', 'create'),
  },
  'container-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_storage_container', 'delete'),
    other: () => azureChange('prod-platform', 'azurerm_storage_container', 'create'),
  },
  'cluster-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_kubernetes_cluster', 'replace'),
    other: () =>
      azureChange('prod-platform', 'azurerm_kubernetes_cluster', 'update', (cluster) => {
        cluster.tags.team = 'x';
      }),
  },
  'registry-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_container_registry', 'delete'),
    other: () => azureChange('prod-platform', 'azurerm_container_registry', 'create'),
  },
  'metric-store-destroyed': {
    applies: () => azureChange('managed-platform', 'azurerm_monitor_workspace', 'delete'),
    other: () => azureChange('managed-platform', 'azurerm_monitor_workspace', 'create'),
  },
  'backup-removed': {
    applies: () => azureChange('prod-platform', backupInstance, 'delete'),
    other: () => azureChange('prod-platform', backupInstance, 'create'),
  },
  'backup-namespace-removed': {
    applies: () =>
      azureChange('prod-platform', backupInstance, 'update', (instance) => {
        instance.backup_datasource_parameters[0].included_namespaces.pop();
      }),
    other: () =>
      azureChange('prod-platform', backupInstance, 'update', (instance) => {
        instance.backup_datasource_parameters[0].included_namespaces.push('shop');
      }),
  },
  'resource-group-destroyed': {
    applies: () => azureChange('prod-platform', 'azurerm_resource_group', 'delete'),
    other: () => azureChange('prod-platform', 'azurerm_resource_group', 'create'),
  },
  'chart-older': {
    applies: () =>
      releaseAttributes(stack, (release) => {
        release.version = '87.0.0';
      }),
    other: () =>
      releaseAttributes(stack, (release) => {
        release.version = '88.6.0';
      }),
  },
};

function claimChange(action: DraftAction) {
  const claimed = { metadata: [{ name: 'data', namespace: 'nats' }], spec: [{ storage_class_name: 'fast' }] };
  return planWith('s', [
    draftChange('kubernetes_persistent_volume_claim_v1', 'data', action, claimed, claimed),
  ]);
}

const backupInstance = 'azurerm_data_protection_backup_instance_kubernetes_cluster';
const backupPolicy = 'azurerm_data_protection_backup_policy_kubernetes_cluster';

function keep(policy: Draft, duration: string): void {
  policy.default_retention_rule[0].life_cycle[0].duration = duration;
}
