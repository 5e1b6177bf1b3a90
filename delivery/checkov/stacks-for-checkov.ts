import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../../synthesis/stack.ts';

/**
 * The blocks of a stack that `writeStacksForCheckov` writes to the files for Checkov. The list does not contain the block
 * `terraform`, because Checkov 3.3.30 cannot parse the setting `required_version` of this block.
 */
const blocks = ['resource', 'data'] as const;

/** Writes the resources of each stack to a folder with the name of the stack. */
export function writeStacksForCheckov(stacks: readonly Stack[], folder: string): void {
  for (const { name, content } of stacks) {
    const all = content as Readonly<Record<string, unknown>>;
    const read = Object.fromEntries(blocks.flatMap((block) => (block in all ? [[block, all[block]]] : [])));
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'cdk.tf.json'), JSON.stringify(read, undefined, 2));
  }
}
