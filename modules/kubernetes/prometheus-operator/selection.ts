import { certManager, mimir } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { scrapedByCentral } from '../monitor-labels.ts';

/** Which objects, or objects of which namespaces, a custom resource of the operator selects. */
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

/**
 * The platform's own namespaces and those that an environment trusts. A monitor may name any file of Prometheus' pod,
 * its token among them; a rule may record any series; an Alertmanager configuration may read Secrets of its namespace
 * and send any alert of that namespace elsewhere.
 */
export function trustedNamespaces(others: readonly string[] = []): Selector {
  const own = [namespaces.monitoring, namespaces.nats, certManager.namespace, mimir.namespace];
  return inNamespaces([...own, ...others]);
}
