import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  /** Labels of all series of the NATS exporter. */
  readonly labels: ClusterLabels;
  /** An odd number of servers, because JetStream needs a majority. */
  readonly replicas: number;
  /** Volume of each server for JetStream. */
  readonly storage: Storage;
  /** Labels of the PodMonitor. Either the central Prometheus or an agent must select them, never both. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** Pods that scrape NATS. */
  readonly scraper: Peer;
  /**
   * More peers that may connect, in addition to the pods in the namespace of NATS.
   * @default none
   */
  readonly clients?: readonly Peer[];
  /**
   * Issuer of the certificates.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
  /**
   * Additional custom resources in the NATS release.
   * @default none
   */
  readonly manifests?: readonly object[];
}
