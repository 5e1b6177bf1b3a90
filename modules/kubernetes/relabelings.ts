import type { IRelabelConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RelabelConfig';
import type { ClusterLabels } from '../../config/topology.ts';

/**
 * Puts a cluster's labels on every series of a target. Labels of a monitor's own metadata never get there; a `cluster`
 * that the target itself exposes (NATS' jsz does) is kept as `exported_cluster`.
 */
export function clusterRelabelings(labels: ClusterLabels): IRelabelConfig[] {
  return (['cluster', 'environment'] as const).map((name) => ({
    action: 'replace',
    targetLabel: name,
    replacement: labels[name],
  }));
}
