import { certManager, thanos } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { scrapedByCentral } from '../monitor-labels.ts';

export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: {
    readonly key: string;
    readonly operator: 'In';
    readonly values: string[];
  }[];
}

/** Selects namespaces by name. An absent selector would select every namespace. */
export function inNamespaces(names: readonly string[]): Selector {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...names] }] };
}

/** Monitors, rules and Alertmanager configurations of the central cluster. */
export const ofCentral: Selector = { matchLabels: scrapedByCentral };

/** No PrometheusRule has the label `evaluated-by`. The chart would replace an empty selector. */
export const evaluatedByNone: Selector = { matchLabels: { 'evaluated-by': 'prometheus' } };

/**
 * The platform uses objects only from trusted namespaces, because the objects have wide rights:
 * - A monitor can read any file of the Prometheus pod, including its token.
 * - A rule can record any series.
 * - An Alertmanager configuration can read Secrets of its namespace and redirect alerts of this namespace.
 */
export function trustedNamespaces(others: readonly string[] = []): Selector {
  const own = [namespaces.monitoring, namespaces.nats, certManager.namespace, thanos.namespace];
  return inNamespaces([...own, ...others]);
}
