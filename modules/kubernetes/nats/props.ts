import type { ClusterLabels } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface NatsProps extends ReleaseProps {
  /** Labels of every series of the NATS exporter. */
  readonly labels: ClusterLabels;
  /** Number of servers; odd, because JetStream needs a majority. */
  readonly replicas: number;
  /** JetStream volume of each server. */
  readonly storage: Storage;
  /** Label by which one scraper selects its PodMonitor: the central Prometheus or an agent, never both. */
  readonly monitorLabels: Readonly<Record<string, string>>;
  /** The pods that scrape NATS. */
  readonly scraper: Peer;
  /** Further peers that may connect; pods of its own namespace always may. @default none */
  readonly clients?: readonly Peer[];
  /** @default the platform's own CA */
  readonly issuer?: IssuerRef;
  /** Custom resources without a chart of their own, which this release installs. @default none */
  readonly manifests?: readonly object[];
}
