import { snapshotsGroup } from '../../config/azure-names.ts';
import { contextOf } from '../../config/kubeconfig.ts';
import type { Platform } from '../platform.ts';
import type { AzureEnvironment } from './environment.ts';
import { azureRules } from './rules.ts';
import { storageAccounts } from './storage-accounts.ts';
import { type AzurePlatform, azureValues } from './values.ts';

/** Unique name of an AKS cluster, in lower case, because Azure ignores case. */
const aks = (...names: readonly string[]) => `AKS ${names.join('/').toLowerCase()}`;
const unique = (...names: readonly (string | undefined)[]) => ({ names, ignoresCase: true });

function resourceGroups({ platform }: AzureEnvironment): readonly string[] {
  const { subscriptionId, resourceGroup, backup } = platform;
  const groups = [resourceGroup, ...(backup ? [snapshotsGroup(resourceGroup)] : [])];
  return groups.map((group) => `${subscriptionId}/${group}`);
}

/** The platform `azure` creates an AKS cluster, a network, a registry, a vault and identities. */
export const azure: Platform<AzurePlatform> = {
  kind: 'azure',
  values: azureValues,
  offers: {
    functionHosts: { azure: 'network, vault and identities' },
    engines: { 'azure-monitor': 'its workspace and identity' },
    edgeClusters: { aks: 'the login to Azure' },
  },
  rules: azureRules,
  names: (environment) => {
    const { platform, functions, usdtExporter } = environment;
    return {
      'resource group': unique(...resourceGroups(environment)),
      registry: unique(platform.registry.name),
      'key vault': unique(platform.keyVault.name),
      'function app': unique(
        functions.host === 'azure' ? functions.app : undefined,
        usdtExporter.host === 'azure' ? usdtExporter.app : undefined,
      ),
      'storage account': unique(...storageAccounts(environment)),
    };
  },
  stateInside(environment, state) {
    if (state.kind !== 'azurerm') return [];
    const { subscriptionId, resourceGroup, storageAccount } = state;
    const group = `${subscriptionId}/${resourceGroup}`.toLowerCase();
    return [
      ...(storageAccounts(environment).includes(storageAccount)
        ? [{ setting: 'storageAccount', value: storageAccount, needed: 'a storage account' }]
        : []),
      ...(resourceGroups(environment).some((made) => made.toLowerCase() === group)
        ? [{ setting: 'resourceGroup', value: resourceGroup, needed: 'a resource group' }]
        : []),
    ];
  },
  // `az aks get-credentials` names the context after the cluster.
  kubeconfig: ({ cluster }) => ({ context: cluster.name }),
  kubeconfigCommands: ({ subscriptionId, resourceGroup, cluster }) => [
    [
      ...['az', 'aks', 'get-credentials', '--overwrite-existing', '--subscription', subscriptionId],
      ...['--resource-group', resourceGroup, '--name', cluster.name],
    ],
    // If the variable AAD_LOGIN_METHOD is set, it replaces the login `azurecli`.
    ['kubelogin', 'convert-kubeconfig', '--login', 'azurecli'],
  ],
  edgeKubeconfig: (cluster) => (cluster.kind === 'aks' ? { context: cluster.name } : cluster),
  centralClusterName: ({ subscriptionId, resourceGroup, cluster }) =>
    aks(subscriptionId, resourceGroup, cluster.name),
  edgeClusterName: (cluster, { subscriptionId }) =>
    cluster.kind === 'aks'
      ? aks(cluster.subscriptionId ?? subscriptionId, cluster.resourceGroup, cluster.name)
      : `context ${contextOf(cluster)}`,
  imageRegistry: ({ platform }) => `${platform.registry.name.toLowerCase()}.azurecr.io`,
  load: async () => (await import('./constructs.ts')).azureConstructs,
};
