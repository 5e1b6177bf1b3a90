import { TerraformStack, Testing } from 'cdktf';
import { type ClusterConnection, kubeconfigConnection } from '../../../modules/kubernetes/connection.ts';

type Config = Record<string, unknown>;

export interface Synthesized {
  readonly text: string;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly variable: Readonly<Record<string, Config>>;
  readonly ephemeral: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, Config>> };
}

export function synthesize(
  build: (stack: TerraformStack, connection: ClusterConnection) => unknown,
): Synthesized {
  const stack = new TerraformStack(Testing.app(), 'test');
  build(stack, kubeconfigConnection(stack, 'cluster', { context: 'test' }));
  const text = Testing.synth(stack);
  const { resource = {}, variable = {}, ephemeral = {}, terraform } = JSON.parse(text);
  return { text, resource, variable, ephemeral, terraform };
}

export function resources(synthesized: Synthesized, type: string): Config[] {
  return Object.values(synthesized.resource[type] ?? {});
}

/** @throws Error if the stack has no release with this name */
export function release(synthesized: Synthesized, name: string): Config {
  const found = resources(synthesized, 'helm_release').find((config) => config.name === name);
  if (!found) throw new Error(`no release ${name}`);
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: the values of charts have no common type
export function releaseValues(synthesized: Synthesized, name: string): any {
  const [values] = release(synthesized, name).values as string[];
  return JSON.parse(values ?? '');
}
