import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ClusterLabels } from '../../config/topology.ts';

/**
 * Relabelings that set the labels of a cluster on all series of a target. The labels of a monitor do not become labels
 * of series. If the target itself exposes a label `cluster`, as NATS does for `/jsz`, Prometheus renames it to
 * `exported_cluster`.
 */
export function clusterRelabelings(labels: ClusterLabels): IRelabelConfig[] {
  return (['cluster', 'environment'] as const).map((name) => ({
    action: 'replace',
    targetLabel: name,
    replacement: labels[name],
  }));
}
