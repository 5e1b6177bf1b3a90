import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

/** Names of the private DNS zones in which Azure's public names resolve to private addresses, by sub-resource. */
export const privateLinkZones = {
  blob: 'privatelink.blob.core.windows.net',
  vault: 'privatelink.vaultcore.azure.net',
} as const;

/** The subnet and the DNS zone of a private endpoint. */
export interface EndpointPlace {
  readonly subnetId: string;
  /**
   * Id of the private DNS zone of the sub-resource. If the same stack creates the zone, the endpoint is created after
   * the zone.
   */
  readonly zoneId: string;
}

/** Id of a private DNS zone that another stack creates. */
export function privateLinkZoneId(
  subscriptionId: string,
  resourceGroupName: string,
  serves: keyof typeof privateLinkZones,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/privateDnsZones/${privateLinkZones[serves]}`;
}

export interface PrivateEndpointProps extends EndpointPlace {
  readonly placement: Placement;
  /** Name of the target resource. The endpoint has the same name. */
  readonly name: string;
  readonly target: string;
  readonly serves: keyof typeof privateLinkZones;
}

/** A private endpoint: an address in the virtual network for an Azure service outside the network. */
export class PrivateEndpoint extends Construct {
  readonly endpoint: AzurePrivateEndpoint;

  constructor(scope: Construct, id: string, props: PrivateEndpointProps) {
    super(scope, id);
    const { placement, name, serves } = props;
    this.endpoint = new AzurePrivateEndpoint(this, 'endpoint', {
      ...placement,
      name,
      subnetId: props.subnetId,
      privateServiceConnection: {
        name,
        privateConnectionResourceId: props.target,
        subresourceNames: [serves],
        isManualConnection: false,
      },
      privateDnsZoneGroup: { name: serves, privateDnsZoneIds: [props.zoneId] },
    });
  }
}
