import type { ITerraformDependable } from 'cdktf';
import type { ExtraValues } from '../../../config/extra-values.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { ArtifactSources } from '../artifact-sources.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import type { Storage } from '../resources.ts';

export interface Receiver {
  /** URL of the remote-write endpoint, with its path. */
  readonly url: string;
  /** The name in the receiver's certificate. */
  readonly serverName: string;
  /**
   * Source of the agent's client certificate and of the receiver's CA certificate: `issued` by cert-manager of the
   * receiver's own cluster, or `copied` from it in the variables `edge_<name>_tls_crt`, `_key` and `_ca`.
   */
  readonly clientCertificate: 'issued' | 'copied';
}

export interface EdgeProps {
  readonly connection: ClusterConnection;
  /** Unique among the edges of an environment. */
  readonly name: string;
  /** Created by this construct. */
  readonly namespace: string;
  /** Labels of every series of this edge. */
  readonly labels: ClusterLabels;
  readonly receiver: Receiver;
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Volume of the agent's write-ahead log, which bridges an outage of the receiver while the agent runs; a restart of
   * the agent loses unsent samples.
   */
  readonly buffer: Storage;
  /**
   * Greatest age of a sample that the receiver accepts: its out-of-order window. Prometheus duration.
   */
  readonly outOfOrderWindow: string;
  /** Issuer in this cluster. @default the CA of the platform in this cluster */
  readonly issuer?: IssuerRef;
  /** @default public repositories and registries */
  readonly sources?: ArtifactSources;
  /** Chart values of the environment, by release. @default none */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
