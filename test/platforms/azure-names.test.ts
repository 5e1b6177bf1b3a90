import { describe, expect, it } from 'vitest';
import { dev, prod } from '../../config/environments/index.ts';
import { type Json, problemsOf, withSetting, withSettings } from './environment-values.ts';

const pool = (name: string) => ({ name, vmSize: 'Standard_D4ds_v5', min: 1, max: 1 });
const monitor = {
  ...dev.central,
  engine: 'azure-monitor',
  azureMonitor: { workspace: 'metrics', silentAfter: 'PT10M', silentEmail: 'on-call@example.com' },
} as unknown as Json;

describe('the check of the upgrade channels', () => {
  it.each(['SecurityPatch', 'Unmanaged'])(
    'rejects nodeImageChannel %s if upgradeChannel is node-image',
    (nodeImageChannel) => {
      const values = withSettings(dev, {
        'platform.cluster.upgradeChannel': 'node-image',
        'platform.cluster.nodeImageChannel': nodeImageChannel,
      });
      expect(problemsOf(values)).toEqual([
        `dev.platform.cluster.nodeImageChannel ${nodeImageChannel} contradicts upgradeChannel node-image; set nodeImageChannel to NodeImage, or choose another upgradeChannel`,
      ]);
    },
  );

  it.each([
    ['node-image', 'NodeImage'],
    ['patch', 'SecurityPatch'],
    ['rapid', 'Unmanaged'],
  ])('accepts upgradeChannel %s with nodeImageChannel %s', (upgradeChannel, nodeImageChannel) => {
    const changes = {
      'platform.cluster.upgradeChannel': upgradeChannel,
      'platform.cluster.nodeImageChannel': nodeImageChannel,
    };
    expect(problemsOf(withSettings(dev, changes))).toEqual([]);
  });
});

describe('the temporary name of a node pool', () => {
  const pools = (...names: string[]) =>
    problemsOf(withSetting(dev, 'platform.cluster.userPools', names.map(pool)));

  it('must be unique among the user pools of a cluster', () => {
    expect(pools('monitorin1', 'monitorin2')).toEqual([
      'dev.platform.cluster.userPools.1.name monitorin2 and pool monitorin1 have the same first nine characters, therefore Terraform would use the temporary name monitorintmp for both pools; change the first nine characters of one pool name',
    ]);
  });

  it('must not be the same for a user pool and the system pool', () => {
    const values = withSettings(dev, {
      'platform.cluster.systemPool.name': 'monitorin1',
      'platform.cluster.userPools': [pool('monitorin2')],
    });
    expect(problemsOf(values)).toEqual([
      expect.stringContaining('use the temporary name monitorintmp for both pools'),
    ]);
  });

  it('must be different from the name of every pool', () => {
    expect(pools('systemtmp')).toEqual([
      'dev.platform.cluster.userPools.0.name systemtmp is not allowed as the name of a pool: Terraform gives this name to a temporary pool while it changes the VM size of pool system; choose another name',
    ]);
    expect(pools('monitorintmp')).toEqual([
      expect.stringContaining(
        'userPools.0.name monitorintmp is not allowed as the name of a pool: Terraform gives this name to a temporary pool',
      ),
    ]);
  });

  it('may have the same beginning as the name of another pool', () => {
    expect(pools('monitori1', 'monitori2', 'tmp', 'systemtm')).toEqual([]);
  });
});

describe('the check of Azure names', () => {
  it.each<[string, Readonly<Record<string, Json>>, string]>([
    ['the cluster', { 'functions.app': 'monitoring-dev-cluster' }, 'platform.cluster.name'],
    [
      'Thanos',
      {
        'platform.objectStorage': { storageAccount: 'monitoringdevblocks' },
        'functions.app': 'monitoring-dev-thanos',
      },
      'platform.objectStorage',
    ],
    ['Prometheus', { central: monitor, 'functions.app': 'monitoring-dev-prometheus' }, 'central.engine'],
  ])('rejects a function app with the same name as the identity of %s', (_what, changes, other) => {
    expect(problemsOf(withSettings(dev, changes))).toEqual([
      `dev.functions.app results in the same managed identity name as ${other}: ${changes['functions.app']}; change functions.app`,
    ]);
  });

  it('rejects two private endpoints with the same name', () => {
    const values = withSettings(dev, {
      'functions.storageAccount': 'monitoringdev',
      'platform.keyVault.name': 'MonitoringDev',
    });
    expect(problemsOf(values)).toEqual([
      'dev.platform.keyVault.name results in the same private endpoint name as a storage account: MonitoringDev; change platform.keyVault.name',
    ]);
  });

  it('rejects the same DNS name for the Pushgateway and the receiver', () => {
    const receiver = {
      host: 'pushgateway.dev.monitoring.internal',
      ip: '10.64.17.11',
      sourceRanges: ['10.70.0.0/16'],
    };
    expect(problemsOf(withSetting(dev, 'central.receiver', receiver))).toEqual([
      'dev.central.receiver.host results in the same DNS record name as pushgateway.ip: pushgateway.dev.monitoring.internal; change central.receiver.host',
    ]);
  });

  it('rejects a node resource group with a name of more than 80 characters', () => {
    // Azure names the node resource group `MC_<resourceGroup>_monitoring-dev_southeastasia`.
    expect(problemsOf(withSetting(dev, 'platform.resourceGroup', 'g'.repeat(48)))).toEqual([]);
    expect(problemsOf(withSetting(dev, 'platform.resourceGroup', 'g'.repeat(49)))).toEqual([
      expect.stringMatching(
        /^dev\.platform\.resourceGroup is too long: Azure allows at most 80 characters in the name of the nodes' .* has 81;/,
      ),
    ]);
  });

  it('rejects a resource group with the name of the prod snapshot group', () => {
    const values = withSettings(dev, {
      'platform.subscriptionId': '00000000-0000-0000-0000-0000000000f0',
      'platform.resourceGroup': 'monitoring-prod-snapshots',
    });
    expect(problemsOf(prod, values)).toEqual([
      'prod, dev resource group 00000000-0000-0000-0000-0000000000f0/monitoring-prod-snapshots is used twice; choose different names',
    ]);
  });
});

it.each(['monitoring-prod', 'Monitoring-Prod', 'monitoring-prod-snapshots'])(
  'an environment cannot create the resource group of its own Terraform state: %s',
  (group) => {
    expect(problemsOf(withSetting(prod, 'state.resourceGroup', group))).toEqual([
      `prod.state.resourceGroup ${group} is created by the environment prod. A destroy of prod also deletes the Terraform state of prod. Use a resource group that no environment creates`,
    ]);
  },
);
