import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ClusterLabels } from '../../config/topology.ts';

/**
 * Relabelings that set a cluster's labels on every series of a target. They are necessary, because the labels of a
 * monitor object do not become labels of the series. If the target exposes its own label `cluster`, as NATS does for
 * `/jsz`, Prometheus renames this label to `exported_cluster`.
 */
export function clusterRelabelings(labels: ClusterLabels): IRelabelConfig[] {
  return (['cluster', 'environment'] as const).map((name) => ({
    action: 'replace',
    targetLabel: name,
    replacement: labels[name],
  }));
}
