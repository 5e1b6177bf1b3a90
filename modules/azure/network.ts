import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone/index.js';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link/index.js';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet/index.js';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network/index.js';
import { Construct } from 'constructs';
import type { Placement } from './placement.ts';
import { privateLinkZones } from './private-endpoint.ts';

/** Other stacks find the subnets by these names. */
export const subnetNames = {
  nodes: 'nodes',
  functions: 'functions',
  loadBalancers: 'load-balancers',
  privateEndpoints: 'private-endpoints',
} as const;

export interface NetworkProps {
  readonly placement: Placement;
  readonly name: string;
  readonly addressSpace: string;
  readonly subnets: Readonly<Record<keyof typeof subnetNames, string>>;
  readonly privateZone: string;
}

export class Network extends Construct {
  readonly network: VirtualNetwork;
  readonly subnets: Readonly<Record<keyof typeof subnetNames, Subnet>>;
  readonly privateZone: PrivateDnsZone;
  readonly privateLinkZones: Readonly<Record<keyof typeof privateLinkZones, PrivateDnsZone>>;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { placement } = props;
    this.network = new VirtualNetwork(this, 'network', {
      ...placement,
      name: props.name,
      addressSpace: [props.addressSpace],
    });

    const subnet = (key: keyof typeof subnetNames, delegation?: string) =>
      new Subnet(this, `subnet-${subnetNames[key]}`, {
        name: subnetNames[key],
        resourceGroupName: placement.resourceGroupName,
        virtualNetworkName: this.network.name,
        addressPrefixes: [props.subnets[key]],
        ...(delegation && {
          delegation: [
            {
              name: 'functions',
              serviceDelegation: {
                name: delegation,
                actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
              },
            },
          ],
        }),
      });
    this.subnets = {
      nodes: subnet('nodes'),
      functions: subnet('functions', 'Microsoft.App/environments'),
      loadBalancers: subnet('loadBalancers'),
      privateEndpoints: subnet('privateEndpoints'),
    };

    const zone = (key: string, name: string) => {
      const made = new PrivateDnsZone(this, `zone-${key}`, {
        name,
        resourceGroupName: placement.resourceGroupName,
        tags: placement.tags,
      });
      new PrivateDnsZoneVirtualNetworkLink(this, `link-${key}`, {
        name: props.name,
        resourceGroupName: placement.resourceGroupName,
        privateDnsZoneName: made.name,
        virtualNetworkId: this.network.id,
        tags: placement.tags,
      });
      return made;
    };
    this.privateZone = zone('services', props.privateZone);
    this.privateLinkZones = {
      blob: zone('blob', privateLinkZones.blob),
      vault: zone('vault', privateLinkZones.vault),
    };
  }
}
