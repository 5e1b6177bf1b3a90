import { certManager, mimir, operatorRelease } from '../config/cluster-names.ts';
import type { Edge } from '../config/environment.ts';
import { contextOf } from '../config/kubeconfig.ts';
import { duplicates, problem, type Rule } from '../config/rule.ts';
import { namespaces } from '../config/topology.ts';
import { platformOf } from './environment.ts';

/** Namespaces that Kubernetes and cert-manager have in every cluster. */
const everywhere: readonly string[] = [
  certManager.namespace,
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Namespaces that an edge may not move into: each is made once in a cluster, by whom it is for. */
const takenNamespaces = {
  central: [...everywhere, namespaces.monitoring, namespaces.nats, mimir.namespace],
  elsewhere: [...everywhere, operatorRelease],
} as const;

/** The cluster of an edge as its values spell it, for a message. */
function shown(cluster: Edge['cluster']): string {
  if (cluster === undefined) return 'the central cluster';
  return cluster.kind === 'kubeconfig'
    ? `context ${contextOf(cluster)}`
    : `AKS ${cluster.resourceGroup}/${cluster.name}`;
}

export const edgeRules: readonly Rule[] = [
  {
    reads: ['edges.*.name'],
    problems: (environment) =>
      duplicates(environment.edges.map(({ name }) => name)).map((name) =>
        problem('edges', `${name} names two edges; rename one`),
      ),
  },
  {
    reads: ['edges.*.labels.cluster', 'central.labels.cluster'],
    problems: ({ central, edges: all }) =>
      duplicates([central.labels.cluster, ...all.map(({ labels }) => labels.cluster)]).map((cluster) =>
        problem('edges', `label cluster="${cluster}" is used twice; their series could not be told apart`),
      ),
  },
  {
    reads: ['edges.*.namespace', 'edges.*.cluster', 'platform.kind', 'platform.subscriptionId'],
    problems: (environment) => [
      ...duplicates(
        environment.edges.map(({ namespace, cluster }) => {
          const where = cluster
            ? platformOf(environment).edgeClusterName(cluster, environment.platform)
            : shown(cluster);
          return `${namespace} of ${where}`;
        }),
      ).map((where) => problem('edges', `two edges share namespace ${where}; give each its own`)),
      ...environment.edges.flatMap(({ namespace, cluster }, index) =>
        takenNamespaces[cluster === undefined ? 'central' : 'elsewhere'].includes(namespace)
          ? [
              problem(
                `edges.${index}.namespace`,
                `${namespace} is taken in ${shown(cluster)}; choose another`,
              ),
            ]
          : [],
      ),
    ],
  },
  {
    reads: [
      'edges.*.name',
      'edges.*.cluster',
      'central.receiver',
      'platform.kind',
      'platform.kubeconfig',
      'platform.subscriptionId',
      'platform.resourceGroup',
      'platform.cluster.name',
    ],
    problems: (environment) => {
      const { edges, central, platform } = environment;
      const { edgeClusterName, centralClusterName } = platformOf(environment);
      return edges.flatMap(({ name, cluster }, index) => {
        if (cluster === undefined) return [];
        if (edgeClusterName(cluster, platform) === centralClusterName(platform)) {
          return [
            problem(
              `edges.${index}.cluster`,
              `${shown(cluster)} is the platform's own cluster, which would get a second operator; remove this setting, then the edge runs in the platform's cluster`,
            ),
          ];
        }
        return central.receiver === undefined
          ? [
              problem(
                'central.receiver',
                `is missing; edge ${name} runs in ${shown(cluster)} and cannot reach the remote-write receiver`,
              ),
            ]
          : [];
      });
    },
  },
];
