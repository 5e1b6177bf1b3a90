import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

/** Zones in which Azure's own public names resolve to private addresses, by the sub-resource they serve. */
export const privateLinkZones = {
  blob: 'privatelink.blob.core.windows.net',
  vault: 'privatelink.vaultcore.azure.net',
} as const;

export interface PrivateEndpointProps {
  readonly placement: Placement;
  readonly subscriptionId: string;
  /** Name of the target; the endpoint is called after it. */
  readonly name: string;
  readonly target: string;
  readonly serves: keyof typeof privateLinkZones;
  readonly subnetId: string;
}

/** An address inside the network for a service that is outside of it. */
export class PrivateEndpoint extends Construct {
  readonly endpoint: AzurePrivateEndpoint;

  constructor(scope: Construct, id: string, props: PrivateEndpointProps) {
    super(scope, id);
    const { placement, name, serves } = props;
    const zone = privateLinkZones[serves];
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
      privateDnsZoneGroup: {
        name: serves,
        // By its known identifier: the zone may belong to another stack.
        privateDnsZoneIds: [
          `/subscriptions/${props.subscriptionId}/resourceGroups/${placement.resourceGroupName}/providers/Microsoft.Network/privateDnsZones/${zone}`,
        ],
      },
    });
  }
}
