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
   * Name in the metrics of the agent. A new name starts a new queue.
   * @default central
   */
  readonly name?: string;
  /** URL of the remote-write endpoint, including its path. */
  readonly url: string;
  /** The DNS name in the receiver's certificate. */
  readonly serverName: string;
  /**
   * Source of the agent's client certificate and of the receiver's CA certificate. `issued`: cert-manager in the edge's
   * cluster issues them. `copied`: the operator copies them from the receiver's cluster into the variables
   * `edge_<name>_tls_crt`, `_key` and `_ca`.
   */
  readonly clientCertificate: 'issued' | 'copied';
  /**
   * Issuer of an issued client certificate.
   * @default the issuer of the other certificates
   */
  readonly clientIssuer?: IssuerRef;
}

export interface EdgeProps {
  readonly connection: ClusterConnection;
  /** Name of the edge, unique in an environment. */
  readonly name: string;
  /** Namespace that this construct creates. */
  readonly namespace: string;
  /** Labels of every series from this edge. */
  readonly labels: ClusterLabels;
  readonly receiver: Receiver;
  /**
   * Receivers that also get every sample, while an environment moves between two engines.
   * @default none
   */
  readonly otherReceivers?: readonly Receiver[];
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Volume of the agent's write-ahead log. During an outage of the receiver, a running agent keeps its samples in this
   * log. A restarted agent loses unsent samples.
   */
  readonly buffer: Storage;
  readonly plan: EdgePlan;
  /**
   * Issuer of the certificates in this cluster.
   * @default the platform's CA in this cluster
   */
  readonly issuer?: IssuerRef;
  /**
   * Mirrors of charts and images.
   * @default public repositories and registries
   */
  readonly sources?: ArtifactSources;
  /**
   * Chart values of the environment, by release name.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
