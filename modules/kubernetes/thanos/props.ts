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
  /** Whether an edge has two agents. */
  readonly pairs: boolean;
  /** Maximum age of a sample when it arrives, as a Prometheus duration. */
  readonly outOfOrderWindow: string;
  /** Time for which the volumes of the ingesters keep samples, as a Prometheus duration. */
  readonly localRetention: string;
  /** The object store of the blocks. @default none: samples are only on the volumes of the ingesters */
  readonly store?: {
    readonly objects: ObjectStore;
    /** Time for which the object store keeps samples, as a Prometheus duration. */
    readonly retention: string;
  };
  /** StorageClass of the volumes. @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /** Names of the edges that may write. Their client certificates contain the same names. */
  readonly edges: readonly string[];
  /** Tenant of an edge, by the name of the edge. @default one tenant */
  readonly tenants?: Readonly<Record<string, string>>;
  /** Pods and ranges that write to the routers. */
  readonly writers: readonly Peer[];
  /** Pods that may send queries to the querier. */
  readonly readers: readonly Peer[];
  /** Mirrors of the images. @default public registries */
  readonly sources?: ArtifactSources;
  /**
   * Resources that Terraform creates before the pods. They must contain the release that installs `thanosManifests`,
   * because the pods mount the certificates of that release.
   */
  readonly dependsOn?: ITerraformDependable[];
}
