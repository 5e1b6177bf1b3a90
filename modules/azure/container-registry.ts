import { ContainerRegistry as AzureContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';

export interface ContainerRegistryProps {
  readonly placement: Placement;
  readonly name: string;
  readonly sku: 'Basic' | 'Standard' | 'Premium';
  /**
   * Regions with a replica of the registry; requires the Premium tier.
   * @default none
   */
  readonly replicas?: readonly string[];
  /**
   * Whether the registry is stored in several availability zones.
   * @default false
   */
  readonly zoneRedundant?: boolean;
  /** Object ids of the identities that pull images, by a name for each identity. */
  readonly pullers: Readonly<Record<string, string>>;
}

/**
 * A container registry without an admin account and without anonymous pull. An identity needs a role assignment to pull
 * images.
 */
export class ContainerRegistry extends Construct {
  readonly registry: AzureContainerRegistry;

  constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    const { sku, zoneRedundant = false, replicas = [] } = props;
    this.registry = new AzureContainerRegistry(this, 'registry', {
      ...props.placement,
      name: props.name,
      sku,
      adminEnabled: false,
      anonymousPullEnabled: false,
      ...(sku === 'Premium' && {
        zoneRedundancyEnabled: zoneRedundant,
        // Azure deletes a manifest without a tag after this number of days.
        retentionPolicyInDays: 30,
        georeplications: replicas.map((location) => ({ location, zoneRedundancyEnabled: zoneRedundant })),
      }),
    });
    for (const [name, principal] of Object.entries(props.pullers)) {
      grant(this, `pull-${name}`, { role: 'AcrPull', on: this.registry.id, to: principal });
    }
  }
}
