import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../../synthesis/stack.ts';

/** Checkov 3.3.30 cannot parse `required_version` in the block `terraform`. */
const blocks = ['resource', 'data'] as const;

/** Writes the resources and the data sources of each stack to a folder with the name of the stack. */
export function writeStacksForCheckov(stacks: readonly Stack[], folder: string): void {
  for (const { name, content } of stacks) {
    const all = content as Readonly<Record<string, unknown>>;
    const read = Object.fromEntries(blocks.flatMap((block) => (block in all ? [[block, all[block]]] : [])));
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'cdk.tf.json'), JSON.stringify(read, undefined, 2));
  }
}
