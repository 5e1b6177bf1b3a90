import { describe, expect, it } from 'vitest';
import { dev, local, prod } from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { problemsOf, withSetting } from './environment-values.ts';

describe('the check of names in two environments', () => {
  it('rejects a shared name, context or resource', () => {
    expect(problemsOf(dev, { ...dev }).map((problem) => problem.replace(/ is used twice.*/, ''))).toEqual([
      'dev, dev environment name dev',
      'dev, dev resource group 00000000-0000-0000-0000-00000000000d/monitoring-dev',
      'dev, dev registry monitoringdevacr',
      'dev, dev key vault monitoring-dev-kv',
      'dev, dev function app monitoring-dev-batch',
      'dev, dev storage account monitoringdevfn',
    ]);
    expect(problemsOf(local, { ...local, name: 'other' })).toEqual([
      'local, other kubeconfig context kind-monitoring is used twice; choose different names',
    ]);
  });

  it('ignores case in the names of Azure resources', () => {
    const platform = dev.platform as Extract<EnvironmentValues['platform'], { kind: 'azure' }>;
    const other = {
      ...prod,
      platform: {
        ...platform,
        ...prod.platform,
        subscriptionId: platform.subscriptionId.toUpperCase(),
        resourceGroup: 'Monitoring-Dev',
        registry: { name: 'MonitoringDevACR', sku: 'Premium' },
        keyVault: { name: 'Monitoring-Dev-KV', softDeleteDays: 90 },
      },
    } as EnvironmentValues;
    const oneName = 'differ only in upper and lower case, which Azure ignores; choose different names';
    expect(problemsOf(dev, other)).toEqual([
      expect.stringContaining(`/monitoring-dev and `),
      `dev, prod registry monitoringdevacr and MonitoringDevACR ${oneName}`,
      `dev, prod key vault monitoring-dev-kv and Monitoring-Dev-KV ${oneName}`,
    ]);
  });

  it('accepts a shared `state.storageAccount`', () => {
    const account = 'monitoringtfstate';
    expect(problemsOf(dev, withSetting(prod, 'state.storageAccount', account))).toEqual([]);
    expect(problemsOf(dev, withSetting(prod, 'platform.backup.storageAccount', account))).toEqual([
      'dev.state.storageAccount monitoringtfstate is created by the environment prod. A destroy of prod also deletes the Terraform state of dev. Use a storage account that no environment creates',
    ]);
  });
});

it('an environment cannot create the storage account of its own Terraform state', () => {
  const usdtExporter = { host: 'azure', app: 'rate', storageAccount: 'monitoringtfstateprod' } as const;
  for (const values of [
    withSetting(prod, 'functions.storageAccount', 'monitoringtfstateprod'),
    withSetting(prod, 'platform.backup.storageAccount', 'monitoringtfstateprod'),
    { ...prod, usdtExporter },
    withSetting(prod, 'platform.objectStorage', { storageAccount: 'monitoringtfstateprod' }),
  ]) {
    expect(problemsOf(values)).toEqual([
      expect.stringContaining(
        'prod.state.storageAccount monitoringtfstateprod is created by the environment prod',
      ),
    ]);
  }
});
