import {
  azureNames,
  clusterIdentity,
  nodeResourceGroup,
  rotationPool,
  snapshotsGroup,
} from '../../config/azure-names.ts';
import { privateHosts } from '../../config/cluster-names.ts';
import { problem, type Rule } from '../../config/rule.ts';
import type { AzureEnvironment } from './environment.ts';
import { storageAccounts } from './storage-accounts.ts';

type AzureRule = Rule<AzureEnvironment>;

interface Derived {
  /** Setting that determines `name`. Example: `platform.cluster.name`. */
  readonly setting: string;
  readonly name: string;
}

/** Rejects equal names of resources of the same kind. Azure reports equal names only at apply. */
function distinct(
  reads: readonly string[],
  kind: string,
  names: (environment: AzureEnvironment) => readonly Derived[],
): AzureRule {
  return {
    reads,
    problems(environment) {
      const all = names(environment);
      return all.flatMap(({ setting, name }, index) => {
        const first = all.slice(0, index).find((other) => other.name.toLowerCase() === name.toLowerCase());
        // `nameConflicts` reports equal names of two storage accounts.
        if (!first || first.setting === setting) return [];
        return [
          problem(
            setting,
            `results in the same ${kind} name as ${first.setting}: ${name}; change ${setting}`,
          ),
        ];
      });
    },
  };
}

const identities = distinct(
  ['name', 'platform.cluster.name', 'platform.objectStorage', 'central.engine', 'functions', 'usdtExporter'],
  'managed identity',
  ({ name, platform, central, functions, usdtExporter }) => {
    const names = azureNames(name);
    return [
      { setting: 'platform.cluster.name', name: clusterIdentity(platform.cluster.name) },
      ...(platform.objectStorage ? [{ setting: 'platform.objectStorage', name: names.thanosIdentity }] : []),
      ...(central.engine === 'azure-monitor'
        ? [{ setting: 'central.engine', name: names.prometheusIdentity }]
        : []),
      ...(functions.host === 'azure' ? [{ setting: 'functions.app', name: functions.app }] : []),
      ...(usdtExporter.host === 'azure' ? [{ setting: 'usdtExporter.app', name: usdtExporter.app }] : []),
    ];
  },
);

const privateEndpoints = distinct(
  ['platform.keyVault.name', 'platform.backup', 'functions', 'usdtExporter', 'platform.objectStorage'],
  'private endpoint',
  (environment) => [
    ...storageAccounts(environment).map((name) => ({ setting: 'a storage account', name })),
    { setting: 'platform.keyVault.name', name: environment.platform.keyVault.name },
  ],
);

const records = distinct(
  ['platform.network.privateZone', 'pushgateway.ip', 'central.receiver'],
  'DNS record',
  ({ platform, pushgateway, central }) => [
    ...(pushgateway.ip
      ? [{ setting: 'pushgateway.ip', name: privateHosts(platform.network.privateZone).pushgateway }]
      : []),
    ...(central.receiver ? [{ setting: 'central.receiver.host', name: central.receiver.host }] : []),
  ],
);

/** Terraform creates a temporary pool to change a VM size. No other pool may have the temporary name. */
const rotation: AzureRule = {
  reads: ['platform.cluster'],
  problems({ platform }) {
    const { systemPool, userPools } = platform.cluster;
    const pools = [
      { setting: 'platform.cluster.systemPool.name', name: systemPool.name },
      ...userPools.map(({ name }, index) => ({ setting: `platform.cluster.userPools.${index}.name`, name })),
    ];
    return pools.flatMap(({ setting, name }, index) => {
      const temporary = rotationPool(name);
      const before = pools.slice(0, index).filter((pool) => pool.name !== name);
      const twin = before.find((pool) => rotationPool(pool.name) === temporary);
      const taken = pools.find((pool) => pool.name === temporary);
      return [
        ...(twin
          ? [
              problem(
                setting,
                `${name} and pool ${twin.name} have the same first nine characters, therefore Terraform would use the temporary name ${temporary} for both pools; change the first nine characters of one pool name`,
              ),
            ]
          : []),
        ...(taken
          ? [
              problem(
                taken.setting,
                `${temporary} is not allowed as the name of a pool: Terraform gives this name to a temporary pool while it changes the VM size of pool ${name}; choose another name`,
              ),
            ]
          : []),
      ];
    });
  },
};

const longestNodeResourceGroup = 80;
const longestResourceGroup = 90;

const resourceGroups: AzureRule = {
  reads: ['platform.resourceGroup', 'platform.location', 'platform.cluster.name', 'platform.backup'],
  problems({ platform }) {
    const { resourceGroup, location, cluster, backup } = platform;
    const tooLong = (what: string, name: string, limit: number) =>
      name.length <= limit
        ? []
        : [
            problem(
              'platform.resourceGroup',
              `is too long: Azure allows at most ${limit} characters in the name of ${what}, but ${name} has ${name.length}; set a shorter platform.resourceGroup`,
            ),
          ];
    return [
      ...tooLong(
        "the nodes' resource group",
        nodeResourceGroup(resourceGroup, cluster.name, location),
        longestNodeResourceGroup,
      ),
      ...(backup
        ? tooLong("the snapshots' resource group", snapshotsGroup(resourceGroup), longestResourceGroup)
        : []),
    ];
  },
};

export const azureNameRules: readonly AzureRule[] = [
  identities,
  privateEndpoints,
  records,
  rotation,
  resourceGroups,
];
