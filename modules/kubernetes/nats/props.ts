import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  /** Labels of every series from the NATS exporter. */
  readonly labels: ClusterLabels;
  /** Number of servers. It must be odd, because JetStream needs a majority. */
  readonly replicas: number;
  /** Volume for the JetStream data of each server. */
  readonly storage: Storage;
  /**
   * Label of the PodMonitor. Either the central Prometheus or an agent selects the PodMonitor by this label, but never
   * both.
   */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** The pods that scrape NATS. */
  readonly scraper: Peer;
  /**
   * Other peers that may connect. The pods of NATS' own namespace may always connect.
   * @default none
   */
  readonly clients?: readonly Peer[];
  /**
   * Issuer of the certificates.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
  /**
   * Custom resources that no chart contains. The NATS release installs them.
   * @default none
   */
  readonly manifests?: readonly object[];
}
