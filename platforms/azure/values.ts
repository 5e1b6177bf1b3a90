import { z } from 'zod';
import { aksName, named, resourceGroupName, storageAccountName } from '../../config/azure-fields.ts';
import { cidr, dnsName, guid, ipv4, labelKey, labelValue, publicRange } from '../../config/fields.ts';

const location = named(
  /^[a-z][a-z0-9]+$/,
  'a region as `az account list-locations` prints it, such as westeurope',
);

const zone = z.enum(['1', '2', '3']);

/** Source: https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels. */
const poolLabelKey = labelKey.refine((key) => !/^kubernetes\.azure\.com\//.test(key), {
  message: 'expected another domain than kubernetes.azure.com, which is reserved for labels of AKS',
});

const nodePool = z.strictObject({
  /** Name of the node pool. */
  name: named(/^[a-z][a-z0-9]{0,11}$/, 'at most 12 lower-case letters and digits, starting with a letter'),
  /** Size of the virtual machines. */
  vmSize: named(/^Standard_[A-Za-z0-9_]+$/, 'a size such as Standard_D4ds_v5'),
  /** Minimum number of nodes. */
  min: z.int().min(1).max(1000),
  /** Maximum number of nodes. */
  max: z.int().min(1).max(1000),
  /** Labels of the nodes. */
  labels: z.record(poolLabelKey, labelValue).exactOptional(),
});

/** Weekly time in UTC at which Azure may upgrade the cluster and its nodes. */
const maintenanceWindow = z.strictObject({
  /** Day of the week on which Azure may upgrade the cluster and its nodes. */
  day: z.enum(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']),
  /** Start of the upgrade window. */
  start: named(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in UTC, such as 02:00'),
  /** Length of the upgrade window. */
  hours: z.int().min(4, { message: 'expected at least 4 hours: AKS rejects a shorter window' }).max(24),
});

const daysOf: Readonly<Record<string, number>> = { D: 1, W: 7, M: 30 };

/** Source: https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-using-cli. */
const backupInterval = z.enum(['PT4H', 'PT6H', 'PT8H', 'PT12H', 'P1D'], {
  message:
    'expected PT4H, PT6H, PT8H, PT12H or P1D: Azure takes snapshots of a cluster only at these intervals',
});

const backupRetention = z.string().refine(
  (text) => {
    const [, count, unit = ''] = /^P([1-9]\d*)([DWM])$/.exec(text) ?? [];
    return Number(count) * (daysOf[unit] ?? 0) <= 360;
  },
  {
    message:
      'expected days, weeks or months from P1D to P360D, such as P14D: Azure does not keep a snapshot for a longer time',
  },
);

export const azureValues = z.strictObject({
  kind: z.literal('azure'),
  /** Azure subscription of all resources. */
  subscriptionId: guid,
  /** Entra tenant of the subscription. */
  tenantId: guid,
  /** Azure region of all resources. */
  location,
  /** Name of the resource group that the platform stack creates. */
  resourceGroup: resourceGroupName,
  /** Ids of Entra groups. Members of these groups administer the cluster and write secrets to the vault. */
  administratorGroupIds: z.array(guid).min(1),
  /**
   * Public IP ranges of the operators. The API server, the vault, the function apps and the storage reject all other
   * public addresses.
   */
  operatorRanges: z.array(publicRange).min(1, {
    message:
      'expected at least the address range from which you deploy: an empty list allows the whole internet',
  }),
  network: z.strictObject({
    /** Address range of the virtual network. All subnets are in this range. */
    addressSpace: cidr,
    /** Subnet of the nodes. */
    nodes: cidr,
    /** Subnet of the functions. The subnet is delegated to `Microsoft.App/environments`. */
    functions: cidr,
    /** Subnet for the addresses of internal load balancers. */
    loadBalancers: cidr,
    /** Subnet of the private endpoints. */
    privateEndpoints: cidr,
    /** Address range of the pods, outside `addressSpace`. */
    pods: cidr,
    /** Address range of the Services, outside `addressSpace`. */
    services: cidr,
    /** Address of the DNS server of the cluster, in the range `services`. */
    dnsServiceIp: ipv4,
    /** Private DNS zone of the virtual network, for example for the name of the Pushgateway. */
    privateZone: dnsName,
  }),
  cluster: z.strictObject({
    /** Name of the AKS cluster. */
    name: aksName,
    /** Version of Kubernetes. */
    kubernetesVersion: named(
      /^1\.\d{2}$/,
      'a minor version such as 1.34; patches follow the upgrade channel',
    ),
    /** Pricing tier of the cluster. The tier `Free` has no uptime agreement. */
    tier: z.enum(['Free', 'Standard', 'Premium']),
    /** Availability zones of the nodes. With an empty list, Azure uses no zones. */
    zones: z.array(zone),
    /** Kubernetes versions to which AKS upgrades automatically. `node-image` upgrades only the node images. */
    upgradeChannel: z.enum(['patch', 'stable', 'rapid', 'node-image']),
    /** Which updates of the operating system AKS installs on the nodes automatically. */
    nodeImageChannel: z.enum(['NodeImage', 'SecurityPatch', 'Unmanaged']),
    maintenance: maintenanceWindow,
    systemPool: nodePool,
    userPools: z.array(nodePool).min(1),
  }),
  registry: z.strictObject({
    /** Name of the container registry. */
    name: named(
      /^[a-zA-Z0-9]{5,50}$/,
      '5 to 50 letters and digits: the name of a registry is unique worldwide',
    ),
    /** Pricing tier of the registry. */
    sku: z.enum(['Basic', 'Standard', 'Premium']),
    /** Other regions with a copy of the registry. Copies need the tier `Premium`. */
    replicas: z.array(location).exactOptional(),
    /** Whether the registry has copies in several zones of its region. Such copies need the tier `Premium`. */
    zoneRedundant: z.boolean().exactOptional(),
  }),
  keyVault: z.strictObject({
    /** Name of the key vault. */
    name: named(
      /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
      '3 to 24 letters, digits and single inner hyphens, starting with a letter: the name of a vault is unique worldwide',
    ),
    /** Days for which a deleted secret or vault can be recovered. */
    softDeleteDays: z.int().min(7).max(90),
  }),
  /** Retention of the audit logs of the API server and of the vault. */
  auditLogDays: z.int().min(30).max(730),
  /**
   * Azure Backup of the monitoring namespaces and their volumes.
   * @default no backup
   */
  backup: z
    .strictObject({
      /** Time between two backups, at least four hours. */
      every: backupInterval,
      /** Retention of a backup. */
      keep: backupRetention,
      /** Name of the storage account for the backups. */
      storageAccount: storageAccountName,
    })
    .exactOptional(),
  /**
   * Storage account for the blocks of Thanos.
   * @default none: the platform creates no object store
   */
  objectStorage: z
    .strictObject({
      /** Name of the storage account. */
      storageAccount: storageAccountName,
    })
    .exactOptional(),
});

export type AzurePlatform = z.infer<typeof azureValues>;
