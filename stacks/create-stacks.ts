import type { App, TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';
import { onAzure } from './azure-environment.ts';
import { FederationStack } from './federation.ts';
import { FunctionsStack } from './functions.ts';
import { MonitoringStack } from './monitoring.ts';
import { PlatformStack } from './platform.ts';
import { WorkloadsStack } from './workloads.ts';

/** All stacks of an environment, each depending on the one before: the order that `cdktf deploy` keeps. */
export function createStacks(app: App, environment: Environment): readonly TerraformStack[] {
  const azure = onAzure(environment) ? environment : undefined;
  const { functions } = environment;
  const stacks = [
    ...(azure ? [new PlatformStack(app, azure)] : []),
    new MonitoringStack(app, environment),
    new WorkloadsStack(app, environment),
    ...(environment.edges.length > 0 ? [new FederationStack(app, environment)] : []),
    ...(azure && functions.host === 'azure' ? [new FunctionsStack(app, azure, functions)] : []),
  ];
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1];
    if (before) stack.addDependency(before);
  }
  return stacks;
}
