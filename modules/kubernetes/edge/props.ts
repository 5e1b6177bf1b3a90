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
   * Name of the remote-write queue in the metrics of the agent. If the name changes, the agent starts a new queue.
   * @default central
   */
  readonly name?: string;
  /** URL of the remote-write endpoint, with its path. */
  readonly url: string;
  /** DNS name in the certificate of the receiver. */
  readonly serverName: string;
  /**
   * Where the client certificate of the agent and the CA certificate of the receiver come from. `issued`: from
   * cert-manager in the cluster of the edge. `copied`: a person copies both from the cluster of the receiver into the
   * Terraform variables `edge_<name>_tls_crt`, `edge_<name>_tls_key` and `edge_<name>_tls_ca`.
   */
  readonly clientCertificate: 'issued' | 'copied';
  /**
   * Issuer of an `issued` client certificate.
   * @default `issuer` of the edge
   */
  readonly clientIssuer?: IssuerRef;
}

export interface EdgeProps {
  readonly connection: ClusterConnection;
  readonly name: string;
  readonly namespace: string;
  readonly labels: ClusterLabels;
  readonly receiver: Receiver;
  /**
   * Additional receivers, needed during a move from one engine to another. The agent sends every sample to `receiver` and
   * to each additional receiver.
   * @default none
   */
  readonly otherReceivers?: readonly Receiver[];
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Volume for the write-ahead log of the agent. While the receiver is down, the agent stores the unsent samples in this
   * log. When the receiver works again, the agent sends the stored samples. If the agent restarts before it has sent the
   * stored samples, it never sends them.
   */
  readonly buffer: Storage;
  readonly plan: EdgePlan;
  /** @default the CA that this platform creates in the cluster of the edge */
  readonly issuer?: IssuerRef;
  /** @default public repositories and registries */
  readonly sources?: ArtifactSources;
  /**
   * The keys are release names.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
