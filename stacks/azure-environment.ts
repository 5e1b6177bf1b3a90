import type { AzurePlatform } from '../config/azure-platform.ts';
import type { Environment } from '../config/environment.ts';
import type { Placement } from '../modules/azure/placement.ts';

/** An environment whose platform is ours to make. */
export type AzureEnvironment = Environment & { readonly platform: AzurePlatform };

export function onAzure(environment: Environment): environment is AzureEnvironment {
  return environment.platform.kind === 'azure';
}

export function placementOf({ name, platform }: AzureEnvironment): Placement {
  return {
    resourceGroupName: platform.resourceGroup,
    location: platform.location,
    tags: { environment: name, 'managed-by': 'terraform' },
  };
}
