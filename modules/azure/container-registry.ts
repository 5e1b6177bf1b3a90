import { ContainerRegistry as AzureContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry/index.js';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';

export interface ContainerRegistryProps {
  readonly placement: Placement;
  readonly name: string;
  readonly sku: 'Basic' | 'Standard' | 'Premium';
  /**
   * Regions with a replica, Premium only.
   * @default none
   */
  readonly replicas?: readonly string[];
  /** @default false */
  readonly zoneRedundant?: boolean;
  /** Object identifiers of the identities that pull images. */
  readonly pullers: Readonly<Record<string, string>>;
}

/** A registry without admin account or anonymous pull. Identities need a role assignment to pull. */
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
        // Retention of a manifest without a tag, in days.
        retentionPolicyInDays: 30,
        georeplications: replicas.map((location) => ({ location, zoneRedundancyEnabled: zoneRedundant })),
      }),
    });
    for (const [name, principal] of Object.entries(props.pullers)) {
      grant(this, `pull-${name}`, { role: 'AcrPull', on: this.registry.id, to: principal });
    }
  }
}
