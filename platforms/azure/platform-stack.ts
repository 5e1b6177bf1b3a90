import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record/index.js';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group/index.js';
import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { azureNames, containers } from '../../config/azure-names.ts';
import { privateHosts, services, thanos } from '../../config/cluster-names.ts';
import { runsThanos } from '../../config/engines.ts';
import { namespaces } from '../../config/topology.ts';
import { AksBackup } from '../../modules/azure/aks-backup.ts';
import { AksCluster } from '../../modules/azure/aks-cluster.ts';
import { AuditLog } from '../../modules/azure/audit-log.ts';
import { azurermProvider } from '../../modules/azure/azurerm-provider.ts';
import { ContainerRegistry } from '../../modules/azure/container-registry.ts';
import { KeyVault } from '../../modules/azure/key-vault.ts';
import { MetricsStore } from '../../modules/azure/metrics-store.ts';
import { MonitorWorkspace } from '../../modules/azure/monitor-workspace.ts';
import { Network } from '../../modules/azure/network.ts';
import type { Placement } from '../../modules/azure/placement.ts';
import type { EndpointPlace } from '../../modules/azure/private-endpoint.ts';
import { PrivateStorage } from '../../modules/azure/private-storage.ts';
import { type Deployment, EnvironmentStack } from '../environment-stack.ts';
import { type AzureEnvironment, placementOf } from './environment.ts';
import type { AzurePlatform } from './values.ts';

/** Azure resources that Kubernetes needs: network, cluster, registry, vault, identities and storage. */
export class PlatformStack extends EnvironmentStack<AzurePlatform> {
  readonly #environment: AzureEnvironment;
  readonly #placement: Placement;
  readonly #network: Network;
  readonly #cluster: AksCluster;

  constructor(scope: Construct, deployment: Deployment<AzurePlatform>) {
    super(scope, deployment, 'platform');
    const { environment } = deployment;
    const { platform, name } = environment;
    const { subscriptionId, tenantId, operatorRanges, administratorGroupIds } = platform;
    azurermProvider(this, 'azurerm', { subscriptionId, tenantId });
    const group = new ResourceGroup(this, 'resource-group', {
      name: platform.resourceGroup,
      location: platform.location,
      tags: placementOf(environment).tags,
    });
    const placement = { ...placementOf(environment), resourceGroupName: group.name };
    const names = azureNames(name);

    const { nodes, functions, loadBalancers, privateEndpoints, ...network } = platform.network;
    this.#network = new Network(this, 'network', {
      placement,
      name: names.network,
      addressSpace: network.addressSpace,
      subnets: { nodes, functions, loadBalancers, privateEndpoints },
      privateZone: network.privateZone,
    });
    this.#cluster = new AksCluster(this, 'cluster', {
      placement,
      tenantId,
      operatorRanges,
      administratorGroupIds,
      ...platform.cluster,
      networkId: this.#network.network.id,
      nodeSubnetId: this.#network.subnets.nodes.id,
      podRange: network.pods,
      serviceRange: network.services,
      dnsServiceIp: network.dnsServiceIp,
    });
    new ContainerRegistry(this, 'registry', {
      placement,
      ...platform.registry,
      pullers: { kubelet: this.#cluster.kubeletObjectId },
    });
    const { vault } = new KeyVault(this, 'vault', {
      placement,
      tenantId,
      operatorRanges,
      administratorGroupIds,
      ...platform.keyVault,
      endpoint: this.#endpoint('vault'),
    });
    new AuditLog(this, 'audit-log', {
      placement,
      name: names.auditLog,
      retentionDays: platform.auditLogDays,
      sources: {
        cluster: { id: this.#cluster.cluster.id, categories: ['kube-audit-admin', 'guard'] },
        vault: { id: vault.id, categories: ['AuditEvent'] },
      },
    });
    this.#environment = environment;
    this.#placement = placement;
    this.#records();
    this.#backup();
    this.#engine();
    this.#protect();
  }

  /** Creates DNS records for fixed IP addresses. Later stacks create the load balancers. */
  #records(): void {
    const { pushgateway, central, platform } = this.#environment;
    const zone = platform.network.privateZone;
    const record = (id: string, host: string, ip: string) =>
      new PrivateDnsARecord(this, `record-${id}`, {
        name: host.slice(0, -(zone.length + 1)),
        zoneName: this.#network.privateZone.name,
        resourceGroupName: this.#placement.resourceGroupName,
        ttl: 300,
        records: [ip],
        tags: this.#placement.tags,
      });
    if (pushgateway.ip) record('pushgateway', privateHosts(zone).pushgateway, pushgateway.ip);
    if (central.receiver) record('receiver', central.receiver.host, central.receiver.ip);
  }

  #backup(): void {
    const { platform, edges, name, central } = this.#environment;
    if (!platform.backup) return;
    const zoneRedundant = platform.cluster.zones.length > 1;
    const storage = this.#storage('backup-storage', {
      name: platform.backup.storageAccount,
      containers: [containers.backups],
      zoneRedundant,
    });
    new AksBackup(this, 'backup', {
      placement: this.#placement,
      subscriptionId: platform.subscriptionId,
      tenantId: platform.tenantId,
      name: azureNames(name).backup,
      cluster: this.#cluster,
      storage,
      container: containers.backups,
      namespaces: [
        namespaces.monitoring,
        namespaces.nats,
        ...(runsThanos(central) ? [thanos.namespace] : []),
        ...edges.filter(({ cluster }) => !cluster).map(({ namespace }) => namespace),
      ],
      every: platform.backup.every,
      keep: platform.backup.keep,
      zoneRedundant,
    });
  }

  #engine(): void {
    const { central, name, platform } = this.#environment;
    const names = azureNames(name);
    const issuer = this.#cluster.cluster.oidcIssuerUrl;
    if (platform.objectStorage) {
      new MetricsStore(this, 'metrics-store', {
        placement: this.#placement,
        storage: {
          name: platform.objectStorage.storageAccount,
          zoneRedundant: platform.cluster.zones.length > 1,
          operatorRanges: platform.operatorRanges,
          endpoint: this.#endpoint('blob'),
        },
        writer: {
          name: names.thanosIdentity,
          issuer,
          namespace: thanos.namespace,
          serviceAccount: thanos.serviceAccount,
        },
      });
    }
    if (central.engine === 'azure-monitor') {
      const { workspace, ...silence } = central.azureMonitor;
      new MonitorWorkspace(this, 'monitor-workspace', {
        placement: this.#placement,
        name: workspace,
        ...silence,
        writer: {
          name: names.prometheusIdentity,
          issuer,
          namespace: services.prometheus.namespace,
          serviceAccount: services.prometheus.name,
        },
      });
    }
  }

  #storage(
    id: string,
    props: { readonly name: string; readonly containers: readonly string[]; readonly zoneRedundant: boolean },
  ): PrivateStorage {
    return new PrivateStorage(this, id, {
      placement: this.#placement,
      operatorRanges: this.#environment.platform.operatorRanges,
      endpoint: this.#endpoint('blob'),
      ...props,
    });
  }

  #endpoint(serves: keyof Network['privateLinkZones']): EndpointPlace {
    const { subnets, privateLinkZones } = this.#network;
    return { subnetId: subnets.privateEndpoints.id, zoneId: privateLinkZones[serves].id };
  }

  /** In production, Terraform refuses to delete or replace these resources. Their data would be lost. */
  #protect(): void {
    if (!this.#environment.production) return;
    const kept = [
      'kubernetes_cluster',
      'container_registry',
      'key_vault',
      'storage_account',
      // The store of the engine `azure-monitor`.
      'monitor_workspace',
    ];
    const types = kept.map((name) => `azurerm_${name}`);
    for (const resource of this.node.findAll().filter(TerraformResource.isTerraformResource)) {
      if (types.includes(resource.terraformResourceType)) {
        resource.addOverride('lifecycle.prevent_destroy', true);
      }
    }
  }
}
