import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface PushgatewayProps extends ReleaseProps {
  readonly storage: Storage;
  /**
   * Peers that may push metrics. Prometheus may always scrape.
   * @default none: no peer may push metrics
   */
  readonly pushers?: readonly Peer[];
  /**
   * Additional DNS names in the certificate of the Pushgateway.
   * @default none
   */
  readonly extraDnsNames?: readonly string[];
  readonly issuer?: IssuerRef;
}
