import type { EdgeCluster, Environment } from '../../config/environment.ts';
import type { Placement } from '../../modules/azure/placement.ts';
import type { AzurePlatform } from './values.ts';

export type AzureEnvironment = Environment<AzurePlatform>;

export type AksCluster = Extract<EdgeCluster, { kind: 'aks' }>;

export function placementOf({ name, platform }: AzureEnvironment): Placement {
  return {
    resourceGroupName: platform.resourceGroup,
    location: platform.location,
    tags: { environment: name, 'managed-by': 'terraform' },
  };
}
