import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { checkedEnvironments } from '../../stacks/checked-environments.ts';
import { createStacks } from '../../stacks/create-stacks.ts';

export type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** A stack in the JSON syntax of Terraform, as CDKTF writes it. */
export interface StackJson {
  readonly terraform: Block & {
    readonly backend: Readonly<Record<string, Block>>;
    readonly required_providers: Readonly<Record<string, { readonly version: string }>>;
  };
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  readonly resource: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block>>;
}

export interface Synthesis {
  readonly texts: ReadonlyMap<string, string>;
  readonly stacks: ReadonlyMap<string, StackJson>;
  /** For each stack: the stacks that the CDKTF CLI deploys first. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** Synthesizes environments as main.ts does. */
export async function synthesize(values: readonly EnvironmentValues[]): Promise<Synthesis> {
  const outdir = mkdtempSync(join(tmpdir(), 'stacks-'));
  try {
    const app = new App({ stackTraces: false, outdir });
    for (const environment of await checkedEnvironments(values)) await createStacks(app, environment);
    app.synth();
    const names = readdirSync(join(outdir, 'stacks')).sort();
    const texts = new Map(
      names.map((name) => [name, readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')]),
    );
    const stacks = new Map([...texts].map(([name, text]) => [name, JSON.parse(text) as StackJson]));
    const manifest: Manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    const dependencies = new Map(
      names.map((name) => [name, manifest.stacks[name]?.dependencies ?? []] as const),
    );
    return { texts, stacks, dependencies };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** @throws Error if no stack has this name */
export function stackOf({ stacks }: Synthesis, name: string): StackJson {
  const stack = stacks.get(name);
  if (!stack) throw new Error(`no stack ${name} among ${[...stacks.keys()].join(', ')}`);
  return stack;
}

export function blocks(stack: StackJson, type: string, kind: 'resource' | 'data' = 'resource'): Block[] {
  return Object.values(stack[kind]?.[type] ?? {});
}

/** @throws Error unless exactly one block has this type */
export function only(stack: StackJson, type: string, kind: 'resource' | 'data' = 'resource'): Block {
  const [block, ...others] = blocks(stack, type, kind);
  if (!block || others.length > 0) throw new Error(`${others.length + (block ? 1 : 0)} blocks of ${type}`);
  return block;
}

export const releaseNames = (stack: StackJson) => blocks(stack, 'helm_release').map(({ name }) => name);

// biome-ignore lint/suspicious/noExplicitAny: the values of charts have no common type
export function valuesOf(stack: StackJson, release: string): any {
  const block = blocks(stack, 'helm_release').find(({ name }) => name === release);
  if (!block) throw new Error(`no release ${release}`);
  return JSON.parse((block.values as string[])[0] ?? '');
}
