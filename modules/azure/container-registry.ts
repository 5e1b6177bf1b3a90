import { ContainerRegistry as AzureContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';

export interface ContainerRegistryProps {
  readonly placement: Placement;
  readonly name: string;
  readonly sku: 'Basic' | 'Standard' | 'Premium';
  /**
   * Other regions with a copy of the registry, only in the Premium tier.
   * @default none
   */
  readonly replicas?: readonly string[];
  /** @default false: one availability zone */
  readonly zoneRedundant?: boolean;
  /** Object ids of identities that may pull images. The keys can be any unique names. */
  readonly pullers: Readonly<Record<string, string>>;
}

/** A container registry. Each pull needs a login with a role. */
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
        // Days until Azure deletes a manifest without a tag.
        retentionPolicyInDays: 30,
        georeplications: replicas.map((location) => ({ location, zoneRedundancyEnabled: zoneRedundant })),
      }),
    });
    for (const [name, principal] of Object.entries(props.pullers)) {
      grant(this, `pull-${name}`, { role: 'AcrPull', on: this.registry.id, to: principal });
    }
  }
}
