import type { ITerraformDependable } from 'cdktf';
import type { ArtifactSources } from '../artifact-sources.ts';
import type { ClusterConnection } from '../connection.ts';
import type { Peer } from '../network-policy.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ThanosSize } from './sizing.ts';

export interface ThanosProps {
  readonly connection: ClusterConnection;
  readonly size: ThanosSize;
  /** Number of ingesters that store each sample. */
  readonly replication: number;
  /** Whether an edge has a pair of agents that send the same samples. */
  readonly pairs: boolean;
  /** Maximum age of an arriving sample, as a Prometheus duration. */
  readonly outOfOrderWindow: string;
  /** Time for which the volumes of the ingesters keep samples, as a Prometheus duration. */
  readonly localRetention: string;
  /** The object store for blocks. @default none: only the volumes of the ingesters store samples */
  readonly store?: {
    readonly objects: ObjectStore;
    /** Time for which the object store keeps samples, as a Prometheus duration. */
    readonly retention: string;
  };
  /** StorageClass of the volumes. @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /** Names of the edges that may write. The client certificate of an edge contains its name. */
  readonly edges: readonly string[];
  /** Tenant of each edge. The keys are names of edges. @default one tenant */
  readonly tenants?: Readonly<Record<string, string>>;
  /** Pods and address ranges that may write to the routers. */
  readonly writers: readonly Peer[];
  /** Pods that may send queries to the querier. */
  readonly readers: readonly Peer[];
  /** Mirrors of the images. @default public registries */
  readonly sources?: ArtifactSources;
  /**
   * Resources that Terraform creates before the pods. The release of `thanosManifests` must be one of them, because it
   * creates the certificates for the pods.
   */
  readonly dependsOn?: ITerraformDependable[];
}
