import { azureNameRules } from './azure-name-rules.ts';
import { networkRules } from './network-rules.ts';
import { duplicates, problem, type Rule } from './rule.ts';

/** What Azure refuses only at apply, or would take and never deliver. */

const pools: Rule = {
  reads: ['platform.kind', 'platform.cluster'],
  problems({ platform }) {
    if (platform.kind !== 'azure') return [];
    const { systemPool, userPools } = platform.cluster;
    const all = [systemPool, ...userPools];
    return [
      ...all
        .filter((pool) => pool.min > pool.max)
        .map((pool) =>
          problem(
            'platform.cluster',
            `pool ${pool.name} has min ${pool.min} above max ${pool.max}; swap them`,
          ),
        ),
      ...duplicates(all.map((pool) => pool.name)).map((name) =>
        problem('platform.cluster.userPools', `${name} names two pools; rename one`),
      ),
    ];
  },
};

const zones: Rule = {
  reads: ['platform.kind', 'platform.cluster.zones'],
  problems({ platform }) {
    if (platform.kind !== 'azure') return [];
    return duplicates(platform.cluster.zones).map((zone) =>
      problem('platform.cluster.zones', `${zone} is there twice; name each zone once`),
    );
  },
};

const registry: Rule = {
  reads: ['platform.registry', 'platform.location'],
  problems({ platform }) {
    if (platform.kind !== 'azure') return [];
    const { sku, replicas = [], zoneRedundant } = platform.registry;
    return [
      ...(sku !== 'Premium' && (replicas.length > 0 || zoneRedundant)
        ? [
            problem(
              'platform.registry.sku',
              `${sku} has neither replicas nor zones; choose Premium or leave them out`,
            ),
          ]
        : []),
      ...duplicates([platform.location, ...replicas]).map((region) =>
        problem(
          'platform.registry.replicas',
          `${region} is there twice; the registry's own region ${platform.location} needs no replica`,
        ),
      ),
    ];
  },
};

/** The provider refuses every other pair when it plans. */
const channels: Rule = {
  reads: ['platform.kind', 'platform.cluster.upgradeChannel', 'platform.cluster.nodeImageChannel'],
  problems({ platform }) {
    if (platform.kind !== 'azure') return [];
    const { upgradeChannel, nodeImageChannel } = platform.cluster;
    return upgradeChannel !== 'node-image' || nodeImageChannel === 'NodeImage'
      ? []
      : [
          problem(
            'platform.cluster.nodeImageChannel',
            `${nodeImageChannel} contradicts upgradeChannel node-image, which needs NodeImage; set NodeImage or another upgradeChannel`,
          ),
        ];
  },
};

/** Each group gets a role on the vault, and Azure refuses the same role for the same group a second time. */
const administrators: Rule = {
  reads: ['platform.kind', 'platform.administratorGroupIds'],
  problems({ platform }) {
    if (platform.kind !== 'azure') return [];
    const ids = platform.administratorGroupIds.map((id) => id.toLowerCase());
    return duplicates(ids).map((id) =>
      problem('platform.administratorGroupIds', `${id} is there twice; name each group once`),
    );
  },
};

export const azureRules: readonly Rule[] = [
  ...networkRules,
  ...azureNameRules,
  pools,
  zones,
  registry,
  channels,
  administrators,
];
