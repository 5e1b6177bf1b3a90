import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import * as committed from '../../config/environments/index.ts';
import * as examples from '../../examples/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import type { Layer } from '../../platforms/environment-stack.ts';
import { checkedEnvironments } from '../../stacks/checked-environments.ts';
import { createStacks } from '../../stacks/create-stacks.ts';
import { variants } from '../stacks/environments.ts';
import type { StackJson } from '../stacks/synthesis.ts';
import type { StackAssertions } from './assertions/assertion.ts';
import { assertionsByLayer } from './assertions/by-layer.ts';

export const environmentSets: Readonly<Record<string, readonly EnvironmentValues[]>> = {
  environments: Object.values(committed),
  examples: Object.values(examples),
  variants,
};

/** A synthesized stack, and the statements that its plan must fulfil. */
export interface StackToTest {
  /** Unique name. Stacks of examples and variants have the prefix `examples/` or `variants/`. */
  readonly title: string;
  readonly name: string;
  readonly environment: string;
  readonly folder: string;
  readonly json: StackJson;
  readonly assertions: StackAssertions;
}

/** Synthesizes all stacks. Do not deploy from `outdir`: Terraform would deploy `mocks_override.tf.json` too. */
export async function stacksToTest(outdir: string): Promise<readonly StackToTest[]> {
  const all: StackToTest[] = [];
  for (const [set, values] of Object.entries(environmentSets)) {
    const folder = join(outdir, set);
    // With an old lock file, Terraform would refuse a new version of a provider.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const app = new App({ stackTraces: false, outdir: folder });
    for (const environment of await checkedEnvironments(values)) {
      for (const { node } of await createStacks(app, environment)) {
        const layer = node.id.slice(environment.name.length + 1) as Layer;
        const stack = join(folder, 'stacks', node.id);
        all.push({
          title: set === 'environments' ? node.id : `${set}/${node.id}`,
          name: node.id,
          environment: environment.name,
          folder: stack,
          // The file cdk.tf.json exists only after `app.synth()`. Therefore `json` is a getter.
          get json() {
            return JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as StackJson;
          },
          assertions: assertionsByLayer[layer](environment),
        });
      }
    }
    app.synth();
  }
  return all;
}
