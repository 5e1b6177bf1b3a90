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
  /** Whether any edge has two agents. */
  readonly pairs: boolean;
  /** Maximum age of an arriving sample, as a Prometheus duration. */
  readonly outOfOrderWindow: string;
  readonly localRetention: string;
  /** Undefined: Thanos stores samples only in the volumes of the ingesters. */
  readonly store?: {
    readonly objects: ObjectStore;
    /** A Prometheus duration. */
    readonly retention: string;
  };
  /** @default the default StorageClass of the cluster */
  readonly storageClass?: string;
  /** Names of the edges that may send samples to Thanos. */
  readonly edges: readonly string[];
  /**
   * Maps an edge name to its tenant. An edge without an entry has the default tenant.
   * @default {}
   */
  readonly tenants?: Readonly<Record<string, string>>;
  readonly writers: readonly Peer[];
  readonly readers: readonly Peer[];
  readonly sources?: ArtifactSources;
  /** The list must contain the release of `thanosManifests`. That release creates the certificates. */
  readonly dependsOn?: ITerraformDependable[];
}
