import { z } from 'zod';
import { aksName, resourceGroupName } from './azure-fields.ts';
import {
  bytes,
  clusterLabels,
  dnsLabel,
  edgeName,
  guid,
  kubeconfig,
  labelValue,
  prometheusDuration,
} from './fields.ts';

export const nats = z.strictObject({
  /** Number of NATS servers. */
  replicas: z.union([z.literal(1), z.literal(3), z.literal(5)], {
    message:
      'expected 1, 3 or 5: JetStream needs a majority, therefore an even number of servers adds no safety',
  }),
  /** Size of each server's volume for JetStream. */
  volume: bytes,
});

export const edge = z.strictObject({
  /** Name of the edge. The client certificate of the edge contains the name. */
  name: edgeName,
  /** Kubernetes namespace in which the edge runs NATS and the agent. */
  namespace: dnsLabel,
  /** Labels of all series of the edge. */
  labels: clusterLabels,
  /**
   * The cluster in which the edge runs.
   * @default the central cluster
   */
  cluster: z
    .discriminatedUnion('kind', [
      /** A cluster that Terraform reaches with a kubeconfig file. */
      kubeconfig.extend({ kind: z.literal('kubeconfig') }),
      /** A cluster of Azure Kubernetes Service. */
      z.strictObject({
        kind: z.literal('aks'),
        /**
         * Subscription of the cluster.
         * @default the environment's own subscription
         */
        subscriptionId: guid.exactOptional(),
        /** Resource group of the cluster. */
        resourceGroup: resourceGroupName,
        /** Name of the cluster. */
        name: aksName,
      }),
    ])
    .exactOptional(),
  /**
   * StorageClass of the volumes of the edge.
   * @default the `storageClass` of the environment
   */
  storageClass: labelValue.exactOptional(),
  nats,
  /**
   * Number of agents. With two agents, one agent may fail. Two agents need the engine `thanos`.
   * @default 1
   */
  replicas: z.union([z.literal(1), z.literal(2)], { message: 'expected 1 or 2 agents' }).exactOptional(),
  /**
   * Number of active series. The agent's queue, memory and write-ahead log depend on the number.
   * @default 20000
   */
  expectedSeries: z.int().min(1_000).max(10_000_000).exactOptional(),
  /**
   * Longest outage of the receiver that causes no loss of samples. The maximum is `central.outOfOrderWindow`.
   * @default `central.outOfOrderWindow`
   */
  outage: prometheusDuration.exactOptional(),
  /**
   * Issuer of the agent's client certificate, in the separate cluster of the edge.
   * @default none: a person copies the certificate
   */
  clientIssuer: z
    .strictObject({
      /** Name of the cert-manager issuer. */
      name: dnsLabel,
      /** Kind of the issuer. */
      kind: z.enum(['ClusterIssuer', 'Issuer']),
    })
    .exactOptional(),
  /**
   * Size of the volume for the write-ahead log. A restart of the agent loses unsent samples
   * (https://github.com/prometheus/prometheus/issues/8809).
   */
  buffer: bytes,
});
