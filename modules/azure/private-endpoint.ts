import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

/** Zones in which Azure's public names resolve to private addresses, by sub-resource. */
export const privateLinkZones = {
  blob: 'privatelink.blob.core.windows.net',
  vault: 'privatelink.vaultcore.azure.net',
} as const;

/** Subnet and DNS zone of an endpoint. */
export interface EndpointPlace {
  readonly subnetId: string;
  /** Identifier of the private zone of the sub-resource. The endpoint waits for a zone of the same stack. */
  readonly zoneId: string;
}

/** Identifier of a zone that another stack creates. */
export function privateLinkZoneId(
  subscriptionId: string,
  resourceGroupName: string,
  serves: keyof typeof privateLinkZones,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/privateDnsZones/${privateLinkZones[serves]}`;
}

export interface PrivateEndpointProps extends EndpointPlace {
  readonly placement: Placement;
  /** Name of the target; the endpoint has the same name. */
  readonly name: string;
  readonly target: string;
  readonly serves: keyof typeof privateLinkZones;
}

/** An address inside the network for a service outside the network. */
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
