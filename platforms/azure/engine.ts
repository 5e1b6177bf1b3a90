import { DataAzurermMonitorDataCollectionEndpoint } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-data-collection-endpoint/index.js';
import { DataAzurermMonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-data-collection-rule/index.js';
import { DataAzurermUserAssignedIdentity } from '@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity/index.js';
import type { Construct } from 'constructs';
import { azureNames } from '../../config/azure-names.ts';
import type { EngineSettings } from '../../modules/kubernetes/kube-prometheus-stack/props.ts';
import type { AzureEnvironment } from './environment.ts';

/** Returns the settings of the engine `azure-monitor`, or undefined for another engine. */
export function monitorEngine(scope: Construct, environment: AzureEnvironment): EngineSettings | undefined {
  const { central, platform, name } = environment;
  if (central.engine !== 'azure-monitor') return undefined;
  const identity = new DataAzurermUserAssignedIdentity(scope, 'prometheus-identity', {
    name: azureNames(name).prometheusIdentity,
    resourceGroupName: platform.resourceGroup,
  });
  // Azure creates this resource group, with an endpoint and a rule, for each workspace.
  const { workspace } = central.azureMonitor;
  const managed = {
    name: workspace,
    resourceGroupName: `MA_${workspace}_${platform.location}_managed`,
  };
  const endpoint = new DataAzurermMonitorDataCollectionEndpoint(scope, 'ingestion-endpoint', managed);
  const rule = new DataAzurermMonitorDataCollectionRule(scope, 'ingestion-rule', managed);
  const url = `${endpoint.metricsIngestionEndpoint}/dataCollectionRules/${rule.immutableId}/streams/Microsoft-PrometheusMetrics/api/v1/write?api-version=2023-04-24`;
  return {
    prometheus: {
      workloadIdentity: identity.clientId,
      remoteWrite: [
        {
          name: 'azure-monitor',
          url,
          azureAd: {
            cloud: 'AzurePublic',
            workloadIdentity: { clientId: identity.clientId, tenantId: platform.tenantId },
          },
        },
      ],
    },
    grafana: {},
  };
}
