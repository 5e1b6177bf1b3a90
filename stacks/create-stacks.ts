import type { App, TerraformStack } from 'cdktf';
import type { Environment } from '../config/environment.ts';
import { onAzure } from './azure-environment.ts';
import { PlatformStack } from './platform.ts';

/** All stacks of an environment, in the order of their deployment, which `cdktf deploy` keeps. */
export function createStacks(app: App, environment: Environment): readonly TerraformStack[] {
  const stacks: TerraformStack[] = [];
  if (onAzure(environment)) stacks.push(new PlatformStack(app, environment));
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1];
    if (before) stack.addDependency(before);
  }
  return stacks;
}
