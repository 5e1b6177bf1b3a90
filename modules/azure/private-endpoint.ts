import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

/**
 * Private DNS zones. In a zone, public names of an Azure service have private addresses. The keys are sub-resources of
 * the services, such as `blob`.
 */
export const privateLinkZones = {
  blob: 'privatelink.blob.core.windows.net',
  vault: 'privatelink.vaultcore.azure.net',
} as const;

/** Subnet and DNS zone of a private endpoint. */
export interface EndpointPlace {
  readonly subnetId: string;
  /**
   * Id of the private DNS zone for the sub-resource. For a zone of this stack, Terraform creates the zone before the
   * endpoint.
   */
  readonly zoneId: string;
}

/** Id of a private DNS zone in another stack. */
export function privateLinkZoneId(
  subscriptionId: string,
  resourceGroupName: string,
  serves: keyof typeof privateLinkZones,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/privateDnsZones/${privateLinkZones[serves]}`;
}

export interface PrivateEndpointProps extends EndpointPlace {
  readonly placement: Placement;
  /** Name of the target resource, and of the endpoint. */
  readonly name: string;
  readonly target: string;
  readonly serves: keyof typeof privateLinkZones;
}

/** An address in the virtual network for an Azure service. */
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
