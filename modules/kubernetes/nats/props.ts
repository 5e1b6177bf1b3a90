import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  /** Of every series that its exporter shows. */
  readonly labels: ClusterLabels;
  /** Servers; JetStream agrees by majority, so an odd number. */
  readonly replicas: number;
  /** Of each server's JetStream. */
  readonly storage: Storage;
  /** By what its PodMonitor is selected: the central Prometheus, or an agent. Never by both. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** The pods that scrape it. */
  readonly scraper: Peer;
  /** Who may connect besides the pods of its own namespace. @default nobody */
  readonly clients?: readonly Peer[];
  /** @default the platform's own authority */
  readonly issuer?: IssuerRef;
  /** Custom resources that have no chart of their own and ride in this release. @default none */
  readonly manifests?: readonly object[];
}
