import type { Environment } from '../../../config/environment.ts';
import type { ClusterNode } from '../cluster-node.ts';
import { functionNodes, scheduleNodes, upstreamNodes } from './functions.ts';
import { certManagerNode, monitoringNodes, notifying } from './monitoring.ts';
import { edgeNodes, primaryNats } from './nats.ts';
import { forwarding, receiverNodes, storeNodes } from './outside.ts';

/** Every component of an environment, in display order. */
export function clusterNodes(environment: Environment): readonly ClusterNode[] {
  const receivers = receiverNodes(environment);
  const stores = storeNodes(environment);
  const monitoring = notifying(monitoringNodes, receivers).map((node) =>
    node.source === 'prometheus'
      ? { ...node, connections: [...(node.connections ?? []), ...forwarding(stores)] }
      : node,
  );
  return [
    ...monitoring,
    ...(environment.certificates.install ? [certManagerNode] : []),
    ...primaryNats(environment),
    ...edgeNodes(environment),
    ...functionNodes(environment),
    ...scheduleNodes(environment),
    ...upstreamNodes(environment),
    ...stores,
    ...receivers,
  ];
}
