import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ClusterLabels } from '../../config/topology.ts';

/**
 * Sets the labels of a cluster on all series of a target. Labels of a monitor would not become labels of series. If a
 * target already exposes `cluster`, Prometheus renames that label to `exported_cluster`. NATS does this in `/jsz`.
 */
export function clusterRelabelings(labels: ClusterLabels): IRelabelConfig[] {
  return (['cluster', 'environment'] as const).map((name) => ({
    action: 'replace',
    targetLabel: name,
    replacement: labels[name],
  }));
}
