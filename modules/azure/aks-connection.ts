import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster/index.js';
import type { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { type ClusterConnection, entraConnection } from '../kubernetes/connection.ts';

export interface AksConnectionProps {
  readonly name: string;
  readonly resourceGroupName: string;
  /** @default the only azurerm provider of the stack */
  readonly provider?: AzurermProvider;
  /** @default the first cluster of the stack */
  readonly alias?: string;
}

/**
 * Connects to an AKS cluster by its name. The data source keeps the address and the CA in the state. Without local
 * accounts the data source contains no certificate, token or password of a client.
 */
export function aksConnection(scope: Construct, id: string, props: AksConnectionProps): ClusterConnection {
  const cluster = new DataAzurermKubernetesCluster(scope, `${id}-cluster`, {
    name: props.name,
    resourceGroupName: props.resourceGroupName,
    ...(props.provider && { provider: props.provider }),
  });
  const access = cluster.kubeConfig.get(0);
  return entraConnection(
    scope,
    id,
    { host: access.host, caCertificate: Fn.base64decode(access.clusterCaCertificate) },
    props.alias,
  );
}
