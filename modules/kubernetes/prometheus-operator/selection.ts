import { certManager, thanos } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { scrapedByCentral } from '../monitor-labels.ts';

/** A label selector for objects or for namespaces, in a custom resource of the operator. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: {
    readonly key: string;
    readonly operator: 'In';
    readonly values: string[];
  }[];
}

/**
 * Selects namespaces by name. Every selector must be set, because the chart replaces a missing selector with a selector
 * for every namespace.
 */
export function inNamespaces(names: readonly string[]): Selector {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...names] }] };
}

/** Selects the monitors, rules and Alertmanager configurations of the central Prometheus and its Alertmanager. */
export const ofCentral: Selector = { matchLabels: scrapedByCentral };

/**
 * Selects no rule. An empty selector cannot be used, because the chart would replace it with a selector of every rule.
 */
export const evaluatedByNone: Selector = { matchLabels: { 'evaluated-by': 'prometheus' } };

/**
 * Selects the platform's own namespaces and the namespaces that an environment trusts. Only trusted namespaces are
 * selected, because these objects have wide rights. A monitor can read any file of Prometheus' pod, including its
 * token. A rule can record any series. An Alertmanager configuration can read Secrets of its namespace and can send any
 * alert of this namespace to another receiver.
 */
export function trustedNamespaces(others: readonly string[] = []): Selector {
  const own = [namespaces.monitoring, namespaces.nats, certManager.namespace, thanos.namespace];
  return inNamespaces([...own, ...others]);
}
