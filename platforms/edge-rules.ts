import { certManager, operatorRelease, thanos } from '../config/cluster-names.ts';
import { receivesInPrometheus } from '../config/engines.ts';
import type { Edge } from '../config/environment.ts';
import { contextOf } from '../config/kubeconfig.ts';
import { mebibytes } from '../config/quantity.ts';
import { duplicates, problem, type Rule } from '../config/rule.ts';
import { namespaces } from '../config/topology.ts';
import { edgePlan } from '../modules/kubernetes/edge/plan.ts';
import { logBytes } from '../modules/kubernetes/edge/sizing.ts';
import { clusterAlias } from './cluster-alias.ts';
import { platformOf } from './environment.ts';

/** Every cluster has these namespaces of Kubernetes and cert-manager. */
const everywhere: readonly string[] = [
  certManager.namespace,
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

const takenNamespaces = {
  central: [...everywhere, namespaces.monitoring, namespaces.nats, thanos.namespace],
  elsewhere: [...everywhere, operatorRelease],
} as const;

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
          `the label cluster="${cluster}" is not unique, therefore Prometheus would mix the series of two clusters; give the central cluster and each edge a different label cluster`,
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
        problem('edges', `two edges use the same namespace, ${where}; give each edge a different namespace`),
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
              `${shown(cluster)} is the central cluster; set another cluster, or remove edges.${index}.cluster if edge ${name} runs in the central cluster`,
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
  {
    reads: ['edges.*.cluster', 'platform.kind', 'platform.subscriptionId'],
    problems: (environment) => {
      const { edgeClusterName } = platformOf(environment);
      const clusters = new Map(
        environment.edges.flatMap(({ cluster }) =>
          cluster ? [[edgeClusterName(cluster, environment.platform), cluster] as const] : [],
        ),
      );
      return duplicates([...clusters.keys()].map(clusterAlias)).map((alias) => {
        const same = [...clusters].filter(([name]) => clusterAlias(name) === alias);
        return problem(
          'edges',
          `${same.map(([, cluster]) => shown(cluster)).join(' and ')} have the same name in Terraform, ${alias}, because Terraform names have only lower-case letters, digits and hyphens here; rename a cluster or a context`,
        );
      });
    },
  },
  {
    reads: ['edges.*.replicas', 'central'],
    problems: ({ edges, central }) =>
      edges.flatMap(({ replicas = 1 }, index) => {
        if (replicas === 1 || !receivesInPrometheus(central)) return [];
        const engine = central.engine === 'thanos' ? 'prometheus' : central.engine;
        const remedy =
          central.engine === 'thanos'
            ? 'remove this setting until the move has ended'
            : "set central.engine to 'thanos' or remove this setting";
        return [
          problem(
            `edges.${index}.replicas`,
            `must be 1, because the engine ${engine} does not remove duplicate samples; ${remedy}`,
          ),
        ];
      }),
  },
  {
    reads: ['edges.*.clientIssuer', 'edges.*.cluster'],
    problems: ({ edges }) =>
      edges.flatMap(({ clientIssuer, cluster }, index) =>
        clientIssuer && !cluster
          ? [
              problem(
                `edges.${index}.clientIssuer`,
                `${clientIssuer.name} is not used: the edge runs in the central cluster, and the issuer of the central cluster signs the certificate of the edge; remove this setting`,
              ),
            ]
          : [],
      ),
  },
  {
    reads: ['edges.*.outage', 'central.outOfOrderWindow'],
    problems({ edges, central }) {
      const { outOfOrderWindow } = central;
      const accepted = edgePlan({}, central).demand.outageSeconds;
      return edges.flatMap((edge, index) =>
        edgePlan(edge, central).demand.outageSeconds > accepted
          ? [
              problem(
                `edges.${index}.outage`,
                `${edge.outage} is longer than central.outOfOrderWindow: the receiver refuses samples that are older than ${outOfOrderWindow}; set at most ${outOfOrderWindow}, or increase central.outOfOrderWindow`,
              ),
            ]
          : [],
      );
    },
  },
  {
    reads: [
      'edges.*.buffer',
      'edges.*.expectedSeries',
      'edges.*.outage',
      'edges.*.replicas',
      'central.outOfOrderWindow',
    ],
    problems: ({ edges, central }) =>
      edges.flatMap((edge, index) => {
        const { demand, outage } = edgePlan(edge, central);
        const needed = Math.ceil(logBytes(demand) / 2 ** 20);
        return mebibytes(edge.buffer) < needed
          ? [
              problem(
                `edges.${index}.buffer`,
                `${edge.buffer} is too small: in an outage of ${outage}, the agent stores ${needed}Mi (${demand.series} series with a sample every ${demand.scrapeIntervalSeconds} s); set at least ${needed}Mi, or set a shorter edges.${index}.outage`,
              ),
            ]
          : [];
      }),
  },
];
