import { certManager, mimir, operatorRelease } from './cluster-names.ts';
import type { Environment } from './environment.ts';
import { centralPlace, contextOf, placeOf } from './places.ts';
import { duplicates, problem, type Rule } from './rule.ts';
import { namespaces } from './topology.ts';

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

type EdgeCluster = Environment['edges'][number]['cluster'];

function place(cluster: EdgeCluster): string {
  if (cluster === undefined) return 'the central cluster';
  return cluster.kind === 'aks'
    ? `AKS ${cluster.resourceGroup}/${cluster.name}`
    : `context ${contextOf(cluster)}`;
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
    problems: ({ edges: all, platform }) => [
      ...duplicates(
        all.map(
          ({ namespace, cluster }) =>
            `${namespace} of ${cluster ? placeOf(cluster, platform) : place(cluster)}`,
        ),
      ).map((where) => problem('edges', `two edges share namespace ${where}; give each its own`)),
      ...all.flatMap(({ namespace, cluster }, index) =>
        takenNamespaces[cluster === undefined ? 'central' : 'elsewhere'].includes(namespace)
          ? [
              problem(
                `edges.${index}.namespace`,
                `${namespace} is taken in ${place(cluster)}; choose another`,
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
    problems: ({ edges: all, central, platform }) =>
      all.flatMap(({ name, cluster }, index) => {
        if (cluster === undefined) return [];
        if (placeOf(cluster, platform) === centralPlace(platform)) {
          return [
            problem(
              `edges.${index}.cluster`,
              `${place(cluster)} is the platform's own, which would get a second operator; remove it, and the edge lives there`,
            ),
          ];
        }
        return [
          ...(central.receiver === undefined
            ? [
                problem(
                  'central.receiver',
                  `is missing; edge ${name} lives in ${place(cluster)} and has no way to the remote-write receiver`,
                ),
              ]
            : []),
          ...(cluster.kind === 'aks' && platform.kind !== 'azure'
            ? [
                problem(
                  `edges.${index}.cluster.kind`,
                  "aks needs a platform of kind azure; use 'kubeconfig' with that cluster's context",
                ),
              ]
            : []),
        ];
      }),
  },
];
