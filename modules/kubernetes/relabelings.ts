import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ClusterLabels } from '../../config/topology.ts';

/**
 * Returns relabelings that add the labels `cluster` and `environment` to all series of a target. A target can have its
 * own label `cluster`, as NATS does. Prometheus renames the target's label to `exported_cluster`.
 */
export function clusterRelabelings(labels: ClusterLabels): IRelabelConfig[] {
  return (['cluster', 'environment'] as const).map((name) => ({
    action: 'replace',
    targetLabel: name,
    replacement: labels[name],
  }));
}
