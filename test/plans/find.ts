import type { Block, StackJson } from '../stacks/synthesis.ts';
import type { Which } from './assertions/assertion.ts';

export function addressesOf(
  { resource }: Pick<StackJson, 'resource'>,
  { type, where = {} }: Which,
): string[] {
  return Object.entries(resource[type] ?? {}).flatMap(([name, block]) =>
    Object.entries(where).every(([path, value]) => valueAt(block, path) === value) ? [`${type}.${name}`] : [],
  );
}

/** The value at a path such as `metadata.name`. A block can be an object, or a list with one object. */
function valueAt(block: Block, path: string): unknown {
  let value: unknown = block;
  for (const key of path.split('.')) {
    const inner = Array.isArray(value) ? value[0] : value;
    value = (inner as Block | undefined)?.[key];
  }
  return value;
}

export function shownSelection({ type, where = {} }: Which): string {
  const parts = Object.entries(where).map(([path, value]) => `${path} ${value}`);
  return parts.length > 0 ? `${type} with ${parts.join(' and ')}` : type;
}
