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
   * Name of the remote-write queue in metrics. A new name starts a new queue.
   * @default central
   */
  readonly name?: string;
  /** URL of the remote-write endpoint, with its path. */
  readonly url: string;
  /** DNS name in the certificate of the receiver. */
  readonly serverName: string;
  /**
   * Source of the client certificate and of the CA certificate.
   * - `issued`: cert-manager.
   * - `copied`: Terraform variables (docs/add-an-edge.md).
   */
  readonly clientCertificate: 'issued' | 'copied';
  /**
   * Issuer of a client certificate that cert-manager issues.
   * @default the issuer of the edge
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
   * Additional receivers of every sample, needed during a move from one engine to another.
   * @default none
   */
  readonly otherReceivers?: readonly Receiver[];
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Volume on which the agent keeps unsent samples during an outage of the receiver.
   * If the agent restarts, it does not send the samples from before the restart.
   */
  readonly buffer: Storage;
  readonly plan: EdgePlan;
  /** @default the CA that this platform creates in the cluster of the edge */
  readonly issuer?: IssuerRef;
  readonly sources?: ArtifactSources;
  /**
   * Additional chart values by name of the Helm release.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
