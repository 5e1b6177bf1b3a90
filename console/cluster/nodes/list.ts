import { receivesInPrometheus, runsThanos } from '../../../config/engines.ts';
import type { Environment } from '../../../config/environment.ts';
import { jobs } from '../../../sources/index.ts';
import type { ClusterNode } from '../cluster-node.ts';
import { functionNodes, scheduleNodes, upstreamNodes } from './functions.ts';
import { certManagerNode, monitoringNodes, notifying } from './monitoring.ts';
import { edgeNodes, primaryNats } from './nats.ts';
import { forwarding, receiverNodes, storeNodes } from './outside.ts';
import { queriesOfGrafana, thanosNodes, thanosScrapes, writes } from './thanos.ts';

export function clusterNodes(environment: Environment): readonly ClusterNode[] {
  const receivers = receiverNodes(environment);
  const stores = storeNodes(environment);
  const thanos = thanosNodes(environment);
  const monitoring = notifying(monitoringNodes, receivers)
    .map((node) => ofEngine(node, environment))
    .map((node) =>
      node.source === 'prometheus'
        ? {
            ...node,
            connections: [...(node.connections ?? []), ...forwarding(stores), ...thanosScrapes(thanos)],
          }
        : node,
    );
  return [
    ...monitoring,
    ...(environment.certificates.install ? [certManagerNode] : []),
    ...thanos,
    ...primaryNats(environment),
    ...edgeNodes(environment),
    ...functionNodes(environment),
    ...scheduleNodes(environment),
    ...upstreamNodes(environment),
    ...stores,
    ...receivers,
  ];
}

function ofEngine(node: ClusterNode, { central }: Environment): ClusterNode {
  if (!runsThanos(central)) return node;
  const isEngine = central.engine === 'thanos';
  if (node.name === 'grafana') return isEngine ? { ...node, connections: [queriesOfGrafana] } : node;
  if (node.source !== 'prometheus') return node;
  const receives = receivesInPrometheus(central);
  return {
    ...node,
    role: receives
      ? `${node.role}, and remote-writes to Thanos`
      : 'scrapes the central cluster, remote-writes to Thanos',
    connections: [...(isEngine ? [] : (node.connections ?? [])), writes(jobs.prometheus)],
  };
}
