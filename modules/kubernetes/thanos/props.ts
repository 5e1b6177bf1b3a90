import type { ITerraformDependable } from 'cdktf';
import type { ArtifactSources } from '../artifact-sources.ts';
import type { ClusterConnection } from '../connection.ts';
import type { Peer } from '../network-policy.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ThanosSize } from './sizing.ts';

export interface ThanosProps {
  readonly connection: ClusterConnection;
  readonly size: ThanosSize;
  /** Ingesters that store each sample. */
  readonly replication: number;
  /** Greatest age of a sample at arrival. Prometheus duration. */
  readonly outOfOrderWindow: string;
  /** Time that the volumes of the ingesters keep samples. Prometheus duration. */
  readonly localRetention: string;
  /** @default none: samples are only on the volumes of the ingesters */
  readonly store?: {
    readonly objects: ObjectStore;
    /** Time that the object store keeps samples. Prometheus duration. */
    readonly retention: string;
  };
  /** @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /** Names of the edges that may write. Their client certificates contain the same names. */
  readonly edges: readonly string[];
  /** Tenant of an edge, by the name of the edge. @default one tenant */
  readonly tenants?: Readonly<Record<string, string>>;
  /** Pods and ranges that write to the routers. */
  readonly writers: readonly Peer[];
  /** Pods that query. */
  readonly readers: readonly Peer[];
  /** @default public registries */
  readonly sources?: ArtifactSources;
  /** Must contain the release with `thanosManifests`, whose certificates the pods mount. */
  readonly dependsOn?: ITerraformDependable[];
}
