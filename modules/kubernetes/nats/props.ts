import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  readonly labels: ClusterLabels;
  /** An odd number of servers, because JetStream needs a majority. */
  readonly replicas: number;
  /** Volume of each server for JetStream. */
  readonly storage: Storage;
  /** Labels of the PodMonitor. Exactly one scraper must match: the central Prometheus or an agent. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  readonly scraper: Peer;
  /**
   * Peers that may connect. Pods in the namespace of NATS may always connect.
   * @default none
   */
  readonly clients?: readonly Peer[];
  readonly issuer?: IssuerRef;
  /** @default none */
  readonly manifests?: readonly object[];
}
