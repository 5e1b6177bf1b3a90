import type { IssuerRef } from '../certificates.ts';
import type { ReleaseProps } from '../chart-release.ts';
import type { Peer } from '../network-policy.ts';
import type { Storage } from '../resources.ts';

export interface PushgatewayProps extends ReleaseProps {
  /** Where pushes survive a restart. */
  readonly storage: Storage;
  /** Who may push. @default nobody */
  readonly pushers?: readonly Peer[];
  /** Names of its certificate besides those of its Service. @default none */
  readonly extraDnsNames?: readonly string[];
  /** @default the platform's own authority */
  readonly issuer?: IssuerRef;
}
