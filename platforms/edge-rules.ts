import { certManager, operatorRelease, thanos } from '../config/cluster-names.ts';
import type { Edge } from '../config/environment.ts';
import { contextOf } from '../config/kubeconfig.ts';
import { duplicates, problem, type Rule } from '../config/rule.ts';
import { namespaces } from '../config/topology.ts';
import { platformOf } from './environment.ts';

/** Namespaces that exist in every cluster, because Kubernetes or cert-manager creates them. */
const everywhere: readonly string[] = [
  certManager.namespace,
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Namespaces that an edge cannot use. For each namespace, the text names the stack or release that creates it. */
const takenNamespaces = {
  central: [...everywhere, namespaces.monitoring, namespaces.nats, thanos.namespace],
  elsewhere: [...everywhere, operatorRelease],
} as const;

/** The cluster of an edge as a message shows it. */
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
        problem('edges', `two edges have the name ${name}; rename one of them`),
      ),
  },
  {
    reads: ['edges.*.labels.cluster', 'central.labels.cluster'],
    problems: ({ central, edges: all }) =>
      duplicates([central.labels.cluster, ...all.map(({ labels }) => labels.cluster)]).map((cluster) =>
        problem(
          'edges',
          `two edges have the label cluster="${cluster}", and their series would mix; give each edge its own label`,
        ),
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
      ).map((where) =>
        problem('edges', `two edges share namespace ${where}; give each edge its own namespace`),
      ),
      ...environment.edges.flatMap(({ namespace, cluster }, index) =>
        takenNamespaces[cluster === undefined ? 'central' : 'elsewhere'].includes(namespace)
          ? [
              problem(
                `edges.${index}.namespace`,
                `${namespace} is already used in ${shown(cluster)}; choose another namespace`,
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
              `${shown(cluster)} is the central cluster, and with this setting a second operator would be installed there; remove this setting to run the edge in the central cluster`,
            ),
          ];
        }
        return central.receiver === undefined
          ? [
              problem(
                'central.receiver',
                `is missing, therefore edge ${name} in ${shown(cluster)} cannot reach the remote-write receiver; set central.receiver`,
              ),
            ]
          : [];
      });
    },
  },
];
