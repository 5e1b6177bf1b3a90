import type { ITerraformDependable } from 'cdktf';
import type { ExtraValues } from '../../../config/extra-values.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { ArtifactSources } from '../artifact-sources.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import type { Storage } from '../resources.ts';
import type { EdgePlan } from './plan.ts';

export interface Receiver {
  /**
   * Name of the remote-write queue in the metrics of the agent. A new name starts a new queue.
   * @default central
   */
  readonly name?: string;
  /** URL of the remote-write endpoint, including its path. */
  readonly url: string;
  /** DNS name in the certificate of the receiver. */
  readonly serverName: string;
  /**
   * Source of two certificates: client certificate of the agent, and CA certificate of the receiver. `issued`:
   * cert-manager in the cluster of the edge creates both. `copied`: a person copies both from the cluster of the
   * receiver into the variables `edge_<name>_tls_crt`, `_key` and `_ca`.
   */
  readonly clientCertificate: 'issued' | 'copied';
  /**
   * Issuer of the client certificate, only with `issued`.
   * @default the issuer of the other certificates
   */
  readonly clientIssuer?: IssuerRef;
}

export interface EdgeProps {
  readonly connection: ClusterConnection;
  /** Name of the edge, unique in an environment. */
  readonly name: string;
  /** Namespace of the edge. This construct creates the namespace. */
  readonly namespace: string;
  /** Labels of all series of this edge. */
  readonly labels: ClusterLabels;
  readonly receiver: Receiver;
  /**
   * More receivers of every sample, during a move between engines.
   * @default none
   */
  readonly otherReceivers?: readonly Receiver[];
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Volume for the write-ahead log of the agent. During an outage of the receiver, a running agent keeps its samples
   * in this log. A restart of the agent loses unsent samples.
   */
  readonly buffer: Storage;
  readonly plan: EdgePlan;
  /**
   * Issuer of the certificates in the cluster of the edge.
   * @default the platform's own CA in this cluster
   */
  readonly issuer?: IssuerRef;
  /**
   * Mirrors of charts and images.
   * @default public repositories and registries
   */
  readonly sources?: ArtifactSources;
  /**
   * Chart values of the environment. The keys are release names.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
