import { DataAzurermMonitorDataCollectionEndpoint } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-data-collection-endpoint/index.js';
import { DataAzurermMonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/data-azurerm-monitor-data-collection-rule/index.js';
import { DataAzurermUserAssignedIdentity } from '@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { azureNames, containers } from '../config/azure-names.ts';
import { mimir } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import type { GrafanaProps, PrometheusProps } from '../modules/kubernetes/kube-prometheus-stack/props.ts';
import { Mimir, mimirUrl } from '../modules/kubernetes/mimir.ts';
import { centralPrometheus } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import type { AzureEnvironment } from './azure-environment.ts';
import { artifactSources } from './cluster.ts';

/** What a long-term engine changes at the central Prometheus and Grafana. Agents, rules and dashboards stay. */
export interface EngineSettings {
  readonly prometheus: Pick<PrometheusProps, 'remoteWrite' | 'workloadIdentity'>;
  readonly grafana: Pick<GrafanaProps, 'datasource'>;
}

/** Reads back what the platform stack made for the environment's engine, and installs what runs in the cluster. */
export function engineSettings(
  scope: Construct,
  environment: AzureEnvironment,
  connection: ClusterConnection,
  dependsOn: ITerraformDependable[],
): EngineSettings {
  const { central, platform, name } = environment;
  const names = azureNames(name);
  const resourceGroupName = platform.resourceGroup;
  if (central.engine === 'mimir') {
    const identity = new DataAzurermUserAssignedIdentity(scope, 'mimir-identity', {
      name: names.mimirIdentity,
      resourceGroupName,
    });
    const { namespace } = new ManagedNamespace(scope, 'mimir-namespace', {
      connection,
      name: mimir.namespace,
    });
    const { storageAccount, ...settings } = central.mimir;
    new Mimir(scope, 'mimir', {
      connection,
      namespace: mimir.namespace,
      sources: artifactSources(environment),
      store: { storageAccount, container: containers.blocks, clientId: identity.clientId },
      ...settings,
      outOfOrderWindow: central.outOfOrderWindow,
      ...(environment.storageClass && { storageClass: environment.storageClass }),
      clients: [
        centralPrometheus,
        { namespace: namespaces.monitoring, pods: { 'app.kubernetes.io/name': 'grafana' } },
      ],
      dependsOn: [...dependsOn, namespace],
    });
    return {
      prometheus: { remoteWrite: [{ name: 'mimir', url: `${mimirUrl}/api/v1/push` }] },
      grafana: { datasource: { url: `${mimirUrl}/prometheus` } },
    };
  }
  if (central.engine === 'azure-monitor') {
    const identity = new DataAzurermUserAssignedIdentity(scope, 'prometheus-identity', {
      name: names.prometheusIdentity,
      resourceGroupName,
    });
    // Azure makes both beside the workspace, under its name, in a group of its own.
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
  return { prometheus: {}, grafana: {} };
}
