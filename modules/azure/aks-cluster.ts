import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster/index.js';
import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool/index.js';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity/index.js';
import { Construct } from 'constructs';
import { clusterIdentity, rotationPool } from '../../config/azure-names.ts';
import { grant } from './grant.ts';
import type { Placement } from './placement.ts';

export interface NodePool {
  readonly name: string;
  readonly vmSize: string;
  readonly min: number;
  readonly max: number;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AksClusterProps {
  readonly placement: Placement;
  readonly name: string;
  readonly tenantId: string;
  /** Ids of Entra groups. Their members administer the cluster. */
  readonly administratorGroupIds: readonly string[];
  readonly operatorRanges: readonly string[];
  /** Version without a patch number, such as 1.34. The upgrade channel selects the patch version. */
  readonly kubernetesVersion: string;
  readonly tier: 'Free' | 'Standard' | 'Premium';
  readonly zones: readonly string[];
  readonly upgradeChannel: string;
  readonly nodeImageChannel: string;
  /** Weekly window for upgrades of the cluster and its nodes. `start` is in UTC, such as 02:00. */
  readonly maintenance: { readonly day: string; readonly start: string; readonly hours: number };
  readonly systemPool: NodePool;
  readonly userPools: readonly NodePool[];
  readonly networkId: string;
  readonly nodeSubnetId: string;
  readonly podRange: string;
  readonly serviceRange: string;
  readonly dnsServiceIp: string;
}

const upgradeSettings = { maxSurge: '33%', drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 };

/** An AKS cluster without local accounts. Members of Entra groups can log in. */
export class AksCluster extends Construct {
  readonly cluster: KubernetesCluster;
  /** The cluster manages load balancers and routes with this identity. */
  readonly identity: UserAssignedIdentity;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    const { placement, zones } = props;
    this.identity = new UserAssignedIdentity(this, 'identity', {
      ...placement,
      name: clusterIdentity(props.name),
    });
    const networkRights = grant(this, 'network-rights', {
      role: 'Network Contributor',
      on: props.networkId,
      to: this.identity.principalId,
    });

    const nodes = {
      vnetSubnetId: props.nodeSubnetId,
      autoScalingEnabled: true,
      osSku: 'AzureLinux',
      ...(zones.length > 0 && { zones: [...zones] }),
    };
    const window = {
      frequency: 'Weekly',
      interval: 1,
      dayOfWeek: props.maintenance.day,
      startTime: props.maintenance.start,
      utcOffset: '+00:00',
      duration: props.maintenance.hours,
    };

    this.cluster = new KubernetesCluster(this, 'cluster', {
      ...placement,
      name: props.name,
      dnsPrefix: props.name,
      kubernetesVersion: props.kubernetesVersion,
      skuTier: props.tier,
      automaticUpgradeChannel: props.upgradeChannel,
      nodeOsUpgradeChannel: props.nodeImageChannel,
      maintenanceWindowAutoUpgrade: window,
      maintenanceWindowNodeOs: window,
      localAccountDisabled: true,
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
      roleBasedAccessControlEnabled: true,
      azureActiveDirectoryRoleBasedAccessControl: {
        tenantId: props.tenantId,
        azureRbacEnabled: true,
        adminGroupObjectIds: [...props.administratorGroupIds],
      },
      apiServerAccessProfile: { authorizedIpRanges: [...props.operatorRanges] },
      runCommandEnabled: false,
      imageCleanerEnabled: true,
      imageCleanerIntervalHours: 48,
      identity: { type: 'UserAssigned', identityIds: [this.identity.id] },
      defaultNodePool: {
        ...nodes,
        ...pool(props.systemPool),
        onlyCriticalAddonsEnabled: true,
        upgradeSettings,
      },
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkDataPlane: 'cilium',
        networkPolicy: 'cilium',
        loadBalancerSku: 'standard',
        outboundType: 'loadBalancer',
        podCidr: props.podRange,
        serviceCidr: props.serviceRange,
        dnsServiceIp: props.dnsServiceIp,
      },
      storageProfile: { snapshotControllerEnabled: true, diskDriverEnabled: true },
      // The autoscaler changes the node count, and the upgrade channel changes the patch version.
      lifecycle: { ignoreChanges: ['default_node_pool[0].node_count', 'kubernetes_version'] },
      dependsOn: [networkRights],
    });

    for (const userPool of props.userPools) {
      new KubernetesClusterNodePool(this, `pool-${userPool.name}`, {
        ...nodes,
        ...pool(userPool),
        kubernetesClusterId: this.cluster.id,
        mode: 'User',
        upgradeSettings,
        tags: placement.tags,
        lifecycle: { ignoreChanges: ['node_count'] },
      });
    }
  }

  /** The kubelet pulls images with this identity. */
  get kubeletObjectId(): string {
    return this.cluster.kubeletIdentity.objectId;
  }
}

function pool({ name, vmSize, min, max, labels }: NodePool) {
  return {
    name,
    vmSize,
    minCount: min,
    maxCount: max,
    temporaryNameForRotation: rotationPool(name),
    ...(labels && { nodeLabels: { ...labels } }),
  };
}
