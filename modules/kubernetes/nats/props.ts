import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  /** Labels of all series of the NATS exporter. */
  readonly labels: ClusterLabels;
  /** Number of servers. It must be odd, because JetStream needs a majority. */
  readonly replicas: number;
  /** Volume of each server for JetStream. */
  readonly storage: Storage;
  /** Labels of the PodMonitor. They must match either the central Prometheus or an agent, but not both. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** The pods that scrape NATS. */
  readonly scraper: Peer;
  /**
   * Additional peers that may connect. The pods in the namespace of NATS may always connect.
   * @default none
   */
  readonly clients?: readonly Peer[];
  /**
   * Issuer of the certificates.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
  /**
   * Custom resources that the NATS release also installs.
   * @default none
   */
  readonly manifests?: readonly object[];
}
