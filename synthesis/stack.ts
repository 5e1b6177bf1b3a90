import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SynthesisError } from './synthesis-error.ts';

/** A synthesized stack. */
export interface Stack {
  /** Name of the stack, such as `dev-monitoring`. */
  readonly name: string;
  /** Name of the environment, such as `dev`. */
  readonly environment: string;
  readonly folder: string;
  /** The Terraform JSON without the metadata of CDKTF. */
  readonly content: unknown;
  /** Whether the Terraform state is a file in the project folder. A CI job does not have this file. */
  readonly hasLocalState: boolean;
  /** Names of the ephemeral variables with the secrets. Their values do not change the plan. */
  readonly secrets: readonly string[];
}

const manifestSchema = z.object({
  stacks: z.record(z.string(), z.object({ name: z.string(), dependencies: z.array(z.string()) })),
});
const stackSchema = z.object({
  terraform: z.object({ backend: z.record(z.string(), z.unknown()) }),
  variable: z.record(z.string(), z.object({ ephemeral: z.boolean().default(false) })).default({}),
});

/**
 * Reads the stacks in the order of their deployment.
 * @throws SynthesisError if a file is missing
 */
export function readStacks(outdir: string): readonly Stack[] {
  const file = join(outdir, 'manifest.json');
  if (!existsSync(file)) {
    throw new SynthesisError(`${file} does not exist. Write the stacks first: npm run synth.`);
  }
  const { stacks } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return inOrder(stacks).map((name) => readStack(outdir, name));
}

function readStack(outdir: string, name: string): Stack {
  const folder = join(outdir, 'stacks', name);
  const [file] = readdirSync(folder).filter((each) => each.endsWith('.tf.json'));
  if (file === undefined)
    throw new SynthesisError(`${folder} has no Terraform JSON. Run npm run synth again.`);
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { terraform, variable } = stackSchema.parse(json);
  return {
    name,
    environment: environmentOf(name),
    folder,
    content: withoutMetadata(json),
    hasLocalState: 'local' in terraform.backend,
    secrets: Object.keys(variable).filter((key) => variable[key]?.ephemeral),
  };
}

/** The environment of a stack, such as `dev` for `dev-monitoring`. */
export function environmentOf(stack: string): string {
  return stack.slice(0, stack.lastIndexOf('-'));
}

/** Removes the values with the key `//`. They are metadata of CDKTF, such as its version. */
function withoutMetadata(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutMetadata);
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([key]) => key !== '//')
      .map(([key, value]) => [key, withoutMetadata(value)]),
  );
}

/** Puts each stack after the stacks on which it depends. */
function inOrder(stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>): string[] {
  const ordered = new Set<string>();
  const add = (name: string) => {
    if (ordered.has(name)) return;
    for (const dependency of stacks[name]?.dependencies ?? []) add(dependency);
    ordered.add(name);
  };
  for (const name of Object.keys(stacks)) add(name);
  return [...ordered];
}
