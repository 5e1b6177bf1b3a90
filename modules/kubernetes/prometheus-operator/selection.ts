import { certManager, thanos } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { scrapedByCentral } from '../monitor-labels.ts';

/** Objects, or objects of namespaces, that a custom resource of the operator selects. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: {
    readonly key: string;
    readonly operator: 'In';
    readonly values: string[];
  }[];
}

/** The chart replaces an absent selector by a selector of every namespace; therefore each selector is set. */
export function inNamespaces(names: readonly string[]): Selector {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...names] }] };
}

/** Monitors, rules and Alertmanager configurations that the central cluster selects. */
export const ofCentral: Selector = { matchLabels: scrapedByCentral };

/** Selects no rule: in place of an empty selector, the chart would set a selector of every rule. */
export const evaluatedByNone: Selector = { matchLabels: { 'evaluated-by': 'prometheus' } };

/**
 * The platform's own namespaces and those that an environment trusts. A monitor can read any file of Prometheus' pod,
 * including its token; a rule can record any series; an Alertmanager configuration can read Secrets of its namespace
 * and send any alert of that namespace to another receiver.
 */
export function trustedNamespaces(others: readonly string[] = []): Selector {
  const own = [namespaces.monitoring, namespaces.nats, certManager.namespace, thanos.namespace];
  return inNamespaces([...own, ...others]);
}
