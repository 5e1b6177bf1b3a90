import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';

/** Private DNS zones of Azure services. The keys are Azure's names of sub-resources. */
export const privateLinkZones = {
  blob: 'privatelink.blob.core.windows.net',
  vault: 'privatelink.vaultcore.azure.net',
} as const;

export interface EndpointPlace {
  readonly subnetId: string;
  readonly zoneId: string;
}

/** Id of a DNS zone in another stack. */
export function privateLinkZoneId(
  subscriptionId: string,
  resourceGroupName: string,
  serves: keyof typeof privateLinkZones,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/privateDnsZones/${privateLinkZones[serves]}`;
}

export interface PrivateEndpointProps extends EndpointPlace {
  readonly placement: Placement;
  /** Name of the target resource. The private endpoint gets the same name. */
  readonly name: string;
  readonly target: string;
  readonly serves: keyof typeof privateLinkZones;
}

/** Gives an Azure service a private address in the virtual network. */
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
