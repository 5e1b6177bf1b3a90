import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster/index.js';
import type { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { type ClusterConnection, entraConnection } from '../kubernetes/connection.ts';

export interface AksConnectionProps {
  readonly name: string;
  readonly resourceGroupName: string;
  /** @default the stack's only azurerm provider */
  readonly provider?: AzurermProvider;
  /** @default the stack's first cluster */
  readonly alias?: string;
}

/**
 * Reaches an AKS cluster by its name. What the data source keeps in the state is address and authority: with local
 * accounts off there is no certificate, token or password in it.
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
