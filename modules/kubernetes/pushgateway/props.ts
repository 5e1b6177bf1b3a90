import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface PushgatewayProps extends ReleaseProps {
  /** Volume for the pushed metrics, because they must survive a restart. */
  readonly storage: Storage;
  /** Peers that may push. @default none */
  readonly pushers?: readonly Peer[];
  /**
   * Additional DNS names in the certificate of the Pushgateway.
   * @default none
   */
  readonly extraDnsNames?: readonly string[];
  /**
   * Issuer of the certificate.
   * @default the platform's own CA
   */
  readonly issuer?: IssuerRef;
}
