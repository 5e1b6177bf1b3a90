import { productionNeeds } from '../../config/environment-rules.ts';
import { duplicates, problem, type Rule } from '../../config/rule.ts';
import type { AzureEnvironment } from './environment.ts';
import { azureNameRules } from './name-rules.ts';
import { networkRules } from './network-rules.ts';

/** Rules for mistakes that Azure rejects only at apply, and for settings that have no effect on Azure. */

type AzureRule = Rule<AzureEnvironment>;

const pools: AzureRule = {
  reads: ['platform.cluster'],
  problems({ platform }) {
    const { systemPool, userPools } = platform.cluster;
    const all = [systemPool, ...userPools];
    return [
      ...all
        .filter((pool) => pool.min > pool.max)
        .map((pool) =>
          problem(
            'platform.cluster',
            `pool ${pool.name} has min ${pool.min}, which is higher than max ${pool.max}; swap the two numbers`,
          ),
        ),
      ...duplicates(all.map((pool) => pool.name)).map((name) =>
        problem('platform.cluster.userPools', `two pools have the name ${name}; rename one of them`),
      ),
    ];
  },
};

const zones: AzureRule = {
  reads: ['platform.cluster.zones'],
  problems({ platform }) {
    return duplicates(platform.cluster.zones).map((zone) =>
      problem('platform.cluster.zones', `${zone} is listed twice; list each zone once`),
    );
  },
};

const registry: AzureRule = {
  reads: ['platform.registry', 'platform.location'],
  problems({ platform }) {
    const { sku, replicas = [], zoneRedundant } = platform.registry;
    return [
      ...(sku !== 'Premium' && (replicas.length > 0 || zoneRedundant)
        ? [
            problem(
              'platform.registry.sku',
              `${sku} allows neither replicas nor zoneRedundant; choose Premium, or remove replicas and zoneRedundant`,
            ),
          ]
        : []),
      ...duplicates([platform.location, ...replicas]).map((region) =>
        problem(
          'platform.registry.replicas',
          region === platform.location
            ? `${region} is the registry's own region, which needs no replica; remove this region from the list`
            : `${region} is listed twice; list each region once`,
        ),
      ),
    ];
  },
};

const channels: AzureRule = {
  reads: ['platform.cluster.upgradeChannel', 'platform.cluster.nodeImageChannel'],
  problems({ platform }) {
    const { upgradeChannel, nodeImageChannel } = platform.cluster;
    return upgradeChannel !== 'node-image' || nodeImageChannel === 'NodeImage'
      ? []
      : [
          problem(
            'platform.cluster.nodeImageChannel',
            `${nodeImageChannel} contradicts upgradeChannel node-image; set nodeImageChannel to NodeImage, or choose another upgradeChannel`,
          ),
        ];
  },
};

/** Rejects a group that is listed twice. Azure rejects a second assignment of the same role to a group. */
const administrators: AzureRule = {
  reads: ['platform.administratorGroupIds'],
  problems({ platform }) {
    const ids = platform.administratorGroupIds.map((id) => id.toLowerCase());
    return duplicates(ids).map((id) =>
      problem('platform.administratorGroupIds', `${id} is listed twice; list each group once`),
    );
  },
};

const images: AzureRule = {
  reads: ['images'],
  problems: ({ images: { registry, pullSecret } }) => [
    ...(registry === undefined
      ? []
      : [
          problem(
            'images.registry',
            `${registry} is not used: on Azure, the registry in platform.registry contains the images; remove images.registry`,
          ),
        ]),
    ...(pullSecret === undefined
      ? []
      : [
          problem(
            'images.pullSecret',
            'is not used: on Azure the nodes pull images with a managed identity; remove this setting',
          ),
        ]),
  ],
};

const exporterHost: AzureRule = {
  reads: ['usdtExporter', 'functions'],
  problems({ usdtExporter, functions }) {
    if (usdtExporter.host !== 'azure') return [];
    if (functions.host !== 'azure') {
      return [
        problem(
          'usdtExporter.host',
          "'azure' works only if functions.host is also 'azure', because the exporter uses functions.nodeVersion and functions.instanceMemoryMb; set functions.host to 'azure', or set usdtExporter.host to 'cluster'",
        ),
      ];
    }
    return functions.app === usdtExporter.app
      ? [
          problem(
            'usdtExporter.app',
            `${usdtExporter.app} is also the app of the batch-pusher; choose another name`,
          ),
        ]
      : [];
  },
};

const production: readonly AzureRule[] = [
  productionNeeds(
    'platform.cluster.tier',
    'is Free, a tier without an uptime agreement; choose Standard',
    ({ platform }) => platform.cluster.tier !== 'Free',
  ),
  productionNeeds(
    'platform.cluster.zones',
    'has fewer than two zones; add zones, because the platform must survive the failure of one zone',
    ({ platform }) => platform.cluster.zones.length >= 2,
  ),
  productionNeeds(
    'platform.backup',
    'is missing; set the interval and the retention of the snapshots',
    ({ platform }) => platform.backup !== undefined,
  ),
];

export const azureRules: readonly AzureRule[] = [
  ...networkRules,
  ...azureNameRules,
  pools,
  zones,
  registry,
  channels,
  administrators,
  images,
  exporterHost,
  ...production,
];
