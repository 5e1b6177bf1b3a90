import { airflowRelease, certManager } from '../../config/cluster-names.ts';
import { releases } from '../../config/topology.ts';

export const stack = releases.kubePrometheusStack;
export const { nats, pushgateway, operatorCrds } = releases;
export { certManager };

export const releasesWithData = [stack, nats, pushgateway, airflowRelease];

export const releasesWithCrds = [operatorCrds, certManager.release];

/** Paths of the volume sizes in the chart values of each release. */
export const volumeSizes = {
  [stack]: [
    'prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage',
    'alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.resources.requests.storage',
    'grafana.persistence.size',
  ],
  [nats]: ['config.jetstream.fileStore.pvc.size'],
  [pushgateway]: ['persistentVolume.size'],
} as const;

/** Path of the volume size in an object of the Prometheus Operator. */
export const operatorVolume = 'spec.storage.volumeClaimTemplate.spec.resources.requests.storage';

/** The Prometheus Operator runs objects of these kinds as StatefulSets. */
export const operatorWorkloads = ['PrometheusAgent', 'ThanosRuler', 'Prometheus', 'Alertmanager'];

export const statefulSet = 'kubernetes_stateful_set_v1';
export const workloads = ['kubernetes_deployment_v1', statefulSet];

/** Azure resources with data or an identity that a later apply cannot restore. */
export const azureStores = {
  vault: 'azurerm_key_vault',
  storage: 'azurerm_storage_account',
  container: 'azurerm_storage_container',
  registry: 'azurerm_container_registry',
  cluster: 'azurerm_kubernetes_cluster',
  logs: 'azurerm_log_analytics_workspace',
  metrics: 'azurerm_monitor_workspace',
} as const;
