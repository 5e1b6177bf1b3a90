import { DataAzurermUserAssignedIdentity } from '@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity/index.js';
import type { Construct } from 'constructs';
import { azureNames, containers } from '../../config/azure-names.ts';
import { privateHosts } from '../../config/cluster-names.ts';
import type { EdgeCluster } from '../../config/environment.ts';
import { aksConnection } from '../../modules/azure/aks-connection.ts';
import { azurermProvider } from '../../modules/azure/azurerm-provider.ts';
import { subnetNames } from '../../modules/azure/network.ts';
import { type ClusterConnection, kubeconfigConnection } from '../../modules/kubernetes/connection.ts';
import { stateBackend } from '../../modules/state-backend.ts';
import type { PlatformConstructs } from '../platform.ts';
import { monitorEngine } from './engine.ts';
import type { AzureEnvironment } from './environment.ts';
import { FunctionsStack } from './functions-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import type { AzurePlatform } from './values.ts';

/** Creates the stacks with AKS and its Azure resources. Connects other stacks to the cluster. */
export const azureConstructs: PlatformConstructs<AzurePlatform> = {
  stacksBefore: (app, environment) => [new PlatformStack(app, { environment, constructs: azureConstructs })],
  stacksAfter: (app, environment) =>
    environment.functions.host === 'azure'
      ? [new FunctionsStack(app, { environment, constructs: azureConstructs }, environment.functions)]
      : [],
  stateBackend,
  connect(scope, { platform: { subscriptionId, tenantId, resourceGroup, cluster } }) {
    azurermProvider(scope, 'azurerm', { subscriptionId, tenantId });
    return aksConnection(scope, 'central', { name: cluster.name, resourceGroupName: resourceGroup });
  },
  connectEdge,
  objectStore(scope, { name, platform }) {
    const { objectStorage, resourceGroup } = platform;
    if (!objectStorage) return undefined;
    const identity = new DataAzurermUserAssignedIdentity(scope, 'thanos-identity', {
      name: azureNames(name).thanosIdentity,
      resourceGroupName: resourceGroup,
    });
    return {
      kind: 'azure-blob',
      storageAccount: objectStorage.storageAccount,
      container: containers.blocks,
      clientId: identity.clientId,
    };
  },
  managedEngine: monitorEngine,
  internalLoadBalancer: (_environment, { ip }) => ({
    // These annotations give the load balancer a private address. Therefore the internet cannot connect.
    annotations: {
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': subnetNames.loadBalancers,
      'service.beta.kubernetes.io/azure-load-balancer-ipv4': ip,
    },
  }),
  externalPushers: ({ platform: { network }, pushgateway }) => ({
    ranges: pushgateway.ip ? [network.functions] : [],
    dnsNames: [privateHosts(network.privateZone).pushgateway],
  }),
};

function connectEdge(
  scope: Construct,
  { platform }: AzureEnvironment,
  cluster: EdgeCluster,
  alias: string,
): ClusterConnection {
  if (cluster.kind === 'kubeconfig') return kubeconfigConnection(scope, alias, cluster, alias);
  const provider = azurermProvider(scope, 'azurerm', {
    subscriptionId: cluster.subscriptionId ?? platform.subscriptionId,
    tenantId: platform.tenantId,
    alias,
  });
  return aksConnection(scope, alias, {
    name: cluster.name,
    resourceGroupName: cluster.resourceGroup,
    provider,
    alias,
  });
}
