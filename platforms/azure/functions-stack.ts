import { DataAzurermKeyVault } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault/index.js';
import { DataAzurermLogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/data-azurerm-log-analytics-workspace/index.js';
import { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet/index.js';
import type { Construct } from 'constructs';
import { azureNames, vaultSecrets } from '../../config/azure-names.ts';
import { privateHosts } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { azurermProvider } from '../../modules/azure/azurerm-provider.ts';
import { FunctionApp, type FunctionAppProps } from '../../modules/azure/function-app.ts';
import { FunctionInsights } from '../../modules/azure/function-insights.ts';
import { subnetNames } from '../../modules/azure/network.ts';
import { privateLinkZoneId } from '../../modules/azure/private-endpoint.ts';
import { PrivateStorage } from '../../modules/azure/private-storage.ts';
import { batchSettings, usdtTimer } from '../../modules/azure/timer.ts';
import { VaultSecret } from '../../modules/azure/vault-secret.ts';
import { generatedPassword } from '../../modules/kubernetes/ephemeral-secret.ts';
import { jobs, sourcePorts } from '../../sources/index.ts';
import { type Deployment, EnvironmentStack } from '../environment-stack.ts';
import { placementOf } from './environment.ts';
import type { AzurePlatform } from './values.ts';

type Hosted = Extract<Environment['functions'], { host: 'azure' }>;

/** The functions run in the virtual network and push to the Pushgateway. */
export class FunctionsStack extends EnvironmentStack<AzurePlatform> {
  constructor(scope: Construct, deployment: Deployment<AzurePlatform>, functions: Hosted) {
    super(scope, deployment, 'functions');
    const { environment } = deployment;
    const { platform, usdtExporter, name } = environment;
    const { subscriptionId, operatorRanges, resourceGroup } = platform;
    const placement = placementOf(environment);
    const names = azureNames(name);
    azurermProvider(this, 'azurerm', { subscriptionId, tenantId: platform.tenantId });

    const subnet = (key: keyof typeof subnetNames) =>
      new DataAzurermSubnet(this, `subnet-${subnetNames[key]}`, {
        name: subnetNames[key],
        virtualNetworkName: names.network,
        resourceGroupName: resourceGroup,
      }).id;
    const vault = new DataAzurermKeyVault(this, 'vault', {
      name: platform.keyVault.name,
      resourceGroupName: resourceGroup,
    });
    const insights = new FunctionInsights(this, 'insights', {
      placement,
      name: names.insights,
      workspaceId: new DataAzurermLogAnalyticsWorkspace(this, 'audit-log', {
        name: names.auditLog,
        resourceGroupName: resourceGroup,
      }).id,
    });
    const endpoint = {
      subnetId: subnet('privateEndpoints'),
      zoneId: privateLinkZoneId(subscriptionId, resourceGroup, 'blob'),
    };

    const app = (
      id: string,
      {
        storageAccount,
        ...props
      }: Pick<FunctionAppProps, 'name' | 'settings' | 'secrets'> & {
        readonly storageAccount: string;
      },
    ) => {
      // With another id than `storage`, Terraform would replace the existing storage account.
      const storage = new PrivateStorage(this, id === jobs.batchPusher ? 'storage' : `${id}-storage`, {
        placement,
        operatorRanges,
        name: storageAccount,
        containers: [id],
        zoneRedundant: platform.cluster.zones.length > 1,
        endpoint,
      });
      const made = new FunctionApp(this, id, {
        placement,
        storage,
        container: id,
        subnetId,
        operatorRanges,
        insights: names.insights,
        nodeVersion: functions.nodeVersion,
        instanceMemoryMb: functions.instanceMemoryMb,
        maximumInstances: functions.maximumInstances,
        alwaysReady: functions.alwaysReady,
        dependsOn: [insights.component],
        ...props,
        settings: {
          // The commands of docs/deploy-azure.md copy this file into the package of the function.
          PUSHGATEWAY_CA_FILE: '/home/site/wwwroot/platform-ca.crt',
          PUSHGATEWAY_URL: `https://${privateHosts(platform.network.privateZone).pushgateway}:${sourcePorts.pushgateway}`,
          ...props.settings,
        },
      });
      insights.admit(id, made.identity.principalId);
      return made;
    };
    const subnetId = subnet('functions');
    const secretUri = `https://${platform.keyVault.name}.vault.azure.net/secrets/${vaultSecrets.batchPusherToken}`;
    const pusher = app(jobs.batchPusher, {
      name: functions.app,
      storageAccount: functions.storageAccount,
      // With Airflow, the function has no timer. Runs by a timer would overwrite the reports of Airflow.
      settings: batchSettings(environment.airflow ? undefined : functions.every),
      secrets: { API_TOKEN: secretUri },
    });
    new VaultSecret(this, 'token', {
      vaultId: vault.id,
      name: vaultSecrets.batchPusherToken,
      value: generatedPassword(this, 'batch_pusher_token'),
      readers: { [jobs.batchPusher]: pusher.identity.principalId },
    });
    if (usdtExporter.host === 'azure') {
      app(jobs.usdtExporter, {
        name: usdtExporter.app,
        storageAccount: usdtExporter.storageAccount,
        settings: { TASK_SCHEDULE: usdtTimer },
      });
    }
  }
}
