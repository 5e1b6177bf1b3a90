import type { ITerraformDependable } from 'cdktf';
import type { ExtraValues } from '../../../config/extra-values.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { ArtifactSources } from '../artifact-sources.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import type { Storage } from '../resources.ts';

export interface Receiver {
  /** Of the remote-write endpoint, with its path. */
  readonly url: string;
  /** The name in the receiver's certificate. */
  readonly serverName: string;
  /**
   * Where the agent's client certificate and the receiver's authority come from: `issued` by cert-manager of the
   * receiver's own cluster, or `carried` over from it in the variables `edge_<name>_tls_crt`, `_key` and `_ca`.
   */
  readonly clientCertificate: 'issued' | 'copied';
}

export interface EdgeProps {
  readonly connection: ClusterConnection;
  /** Unique among the edges of an environment. */
  readonly name: string;
  /** Made here. */
  readonly namespace: string;
  /** Of every series of this edge. */
  readonly labels: ClusterLabels;
  readonly receiver: Receiver;
  readonly nats: { readonly replicas: number; readonly storage: Storage };
  /**
   * Of the agent's write-ahead log, which bridges an outage of the receiver while the agent runs; a restart of the agent
   * loses unsent samples.
   */
  readonly buffer: Storage;
  /**
   * How old a sample may be that is still worth sending; the receiver's out-of-order window. Prometheus duration.
   */
  readonly outOfOrderWindow: string;
  /** Of this cluster. @default its platform's own authority */
  readonly issuer?: IssuerRef;
  /** @default public repositories and registries */
  readonly sources?: ArtifactSources;
  /** Values of the environment for each chart. @default none */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}
