import type { App, TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';
import { adjustedDashboards } from '../dashboards/adjusted.ts';
import { platformOf } from '../platforms/environment.ts';
import { FederationStack } from './federation.ts';
import { MonitoringStack } from './monitoring.ts';
import { WorkloadsStack } from './workloads.ts';

/** Creates the stacks in the order of their deployment. Each stack depends on the previous stack. */
export async function createStacks(app: App, environment: Environment): Promise<readonly TerraformStack[]> {
  const constructs = await platformOf(environment).load();
  const dashboards = await adjustedDashboards(environment.alerting.overrides);
  const deployment = { environment, constructs, ...(dashboards && { dashboards }) };
  const stacks = [
    ...constructs.stacksBefore(app, environment),
    new MonitoringStack(app, deployment),
    new WorkloadsStack(app, deployment),
    ...(environment.edges.length > 0 ? [new FederationStack(app, deployment)] : []),
    ...constructs.stacksAfter(app, environment),
  ];
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1];
    if (before) stack.addDependency(before);
  }
  return stacks;
}
