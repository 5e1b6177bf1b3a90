import { airflowRelease, certManager } from '../../config/cluster-names.ts';
import { releases } from '../../config/topology.ts';

/** The releases and the types of resources at which several rules look. */

export const stack = releases.kubePrometheusStack;
export const { nats, pushgateway, operatorCrds } = releases;
export { certManager };

/** Releases whose pods have volumes. */
export const releasesWithData = [stack, nats, pushgateway, airflowRelease];

/** Releases that install custom resource definitions. */
export const releasesWithCrds = [operatorCrds, certManager.release];

/** Paths of the chart values that set the size of a volume, by release. */
export const volumeSizes = {
  [stack]: [
    'prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage',
    'alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.resources.requests.storage',
    'grafana.persistence.size',
  ],
  [nats]: ['config.jetstream.fileStore.pvc.size'],
  [pushgateway]: ['persistentVolume.size'],
} as const;

/** Path of the size of the volume of an object that the operator runs. */
export const operatorVolume = 'spec.storage.volumeClaimTemplate.spec.resources.requests.storage';

/** Kinds of objects that the operator runs as a StatefulSet. */
export const operatorWorkloads = ['PrometheusAgent', 'ThanosRuler', 'Prometheus', 'Alertmanager'];

export const statefulSet = 'kubernetes_stateful_set_v1';
export const workloads = ['kubernetes_deployment_v1', statefulSet];

/** Terraform types of Azure resources that keep data or an identity which no later apply restores. */
export const azureStores = {
  vault: 'azurerm_key_vault',
  storage: 'azurerm_storage_account',
  container: 'azurerm_storage_container',
  registry: 'azurerm_container_registry',
  cluster: 'azurerm_kubernetes_cluster',
  logs: 'azurerm_log_analytics_workspace',
  metrics: 'azurerm_monitor_workspace',
} as const;
