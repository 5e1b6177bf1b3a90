import { airflowRelease, certManager, operatorRelease, type ReleaseName } from '../config/cluster-names.ts';
import { releases } from '../config/topology.ts';

type Settings = Readonly<Record<string, readonly string[]>>;

const operator: Settings = {
  'global.imageRegistry': ['images.mirror'],
  'prometheusOperator.admissionWebhooks.certManager.issuerRef': ['certificates.issuer'],
};

export const controls: Readonly<Partial<Record<ReleaseName, Settings>>> = {
  [releases.kubePrometheusStack]: {
    ...operator,
    'prometheus.prometheusSpec.externalLabels': ['central.labels'],
    'prometheus.prometheusSpec.retention': ['central.retention.time'],
    'prometheus.prometheusSpec.retentionSize': ['central.retention.size'],
    'prometheus.prometheusSpec.storageSpec': ['central.volume', 'storageClass'],
    'prometheus.prometheusSpec.tsdb.outOfOrderTimeWindow': ['central.outOfOrderWindow'],
    'prometheus.prometheusSpec.resources': ['central.resources'],
    'prometheus.prometheusSpec.enableRemoteWriteReceiver': ['central.engine'],
    'prometheus.prometheusSpec.ruleSelector': ['central.engine'],
    'prometheus.prometheusSpec.remoteWrite': ['central.engine'],
    'prometheus.prometheusSpec.additionalAlertRelabelConfigs': ['central.alsoWriteTo'],
    'alertmanager.alertmanagerSpec.storage': ['alerting.volume', 'storageClass'],
    'alertmanager.config.receivers': ['alerting.receivers'],
    'alertmanager.config.inhibit_rules': ['alerting.overrides'],
    additionalPrometheusRulesMap: ['alerting.overrides', 'alerting.chartRules'],
    'alertmanager.config.route': ['alerting.receivers'],
    'grafana.persistence': ['grafana.volume', 'storageClass'],
    'grafana.ingress': ['grafana.ingress'],
    'grafana["grafana.ini"].server.root_url': ['grafana.ingress.host'],
  },
  [releases.pushgateway]: {
    'image.registry': ['images.mirror'],
    'persistentVolume.size': ['pushgateway.volume'],
    'persistentVolume.storageClass': ['storageClass'],
  },
  [releases.nats]: {
    'global.image.registry': ['images.mirror'],
    'config.cluster.enabled': ['nats.replicas', 'edges.*.nats.replicas'],
    'config.cluster.replicas': ['nats.replicas', 'edges.*.nats.replicas'],
    'config.jetstream.fileStore.maxSize': ['nats.volume', 'edges.*.nats.volume'],
    'config.jetstream.fileStore.pvc.size': ['nats.volume', 'edges.*.nats.volume'],
    'config.jetstream.fileStore.pvc.storageClassName': ['storageClass', 'edges.*.storageClass'],
  },
  [certManager.release]: { imageRegistry: ['images.mirror'] },
  [airflowRelease]: { defaultAirflowRepository: ['images.mirror'] },
  [operatorRelease]: operator,
};

/** @param value path of the chart value in JavaScript notation */
export function controllingSettings(release: ReleaseName, value: string): readonly string[] {
  const found = Object.entries(controls[release] ?? {}).find(
    ([path]) => value === path || value.startsWith(`${path}.`) || value.startsWith(`${path}[`),
  );
  return found?.[1] ?? [];
}
