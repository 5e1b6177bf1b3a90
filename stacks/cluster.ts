import type { Construct } from 'constructs';
import { credentialSecrets } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { aksConnection } from '../modules/azure/aks-connection.ts';
import { azurermProvider } from '../modules/azure/azurerm-provider.ts';
import type { ArtifactSources } from '../modules/kubernetes/artifact-sources.ts';
import { type ClusterConnection, kubeconfigConnection } from '../modules/kubernetes/connection.ts';
import type { Storage } from '../modules/kubernetes/resources.ts';

/** Connects a stack to its environment's own cluster. */
export function centralConnection(scope: Construct, environment: Environment): ClusterConnection {
  const { platform } = environment;
  if (platform.kind === 'existing') return kubeconfigConnection(scope, 'central', platform.kubeconfig);
  const { subscriptionId, tenantId, resourceGroup, cluster } = platform;
  azurermProvider(scope, 'azurerm', { subscriptionId, tenantId });
  return aksConnection(scope, 'central', { name: cluster.name, resourceGroupName: resourceGroup });
}

/** Where charts and public images come from. */
export function artifactSources({ charts, images }: Environment): ArtifactSources {
  const hostOf = (path: string | undefined) => path?.split('/')[0];
  const sharesLogin = images.mirror !== undefined && hostOf(images.mirror) === hostOf(images.registry);
  return {
    ...(charts.mirror && { charts: charts.mirror }),
    ...(images.mirror && { images: images.mirror }),
    ...(images.pullSecret && sharesLogin && { pullSecret: credentialSecrets.registry }),
  };
}

/** Reference of an image of ours. */
export function ownImage(environment: Environment, name: string): string {
  const { images, platform } = environment;
  const registry =
    platform.kind === 'azure' ? `${platform.registry.name.toLowerCase()}.azurecr.io` : images.registry;
  return `${registry}/${name}:${images.tag}`;
}

export function storage({ storageClass }: Pick<Environment, 'storageClass'>, size: string): Storage {
  return { size, ...(storageClass && { className: storageClass }) };
}
