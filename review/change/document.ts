import { Composer, Parser } from 'yaml';
import type { Tree } from './tree.ts';

/** Undefined if the text is not a JSON object or list. */
export function jsonIn(text: string): Tree | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const tree: Tree = JSON.parse(text);
    return isTooDeep(tree) ? undefined : tree;
  } catch {
    return undefined;
  }
}

/** Largest depth of a value that the review reads. Chart values have about 20 levels. */
export const mostLevels = 200;

/** Whether a value is too deep for a recursive function, which could overflow the stack. */
export function isTooDeep(value: unknown, levels = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isTooDeep(child, levels - 1));
}

/** The first JSON or YAML document in a text. Undefined for an empty, invalid or too deep text. */
export function valuesIn(text: string): Tree | undefined {
  return documentsIn(text)?.[0];
}

/** The documents of a text in JSON or YAML; undefined if the text is neither. */
export function documentsIn(text: string): readonly Tree[] | undefined {
  const json = jsonIn(text);
  if (json !== undefined) return [json];
  try {
    const tokens = [...new Parser().parse(text)];
    // Deeply nested tokens would overflow the stack of `Composer`. A YAML level can add four token levels.
    if (tokens.some((token) => isTooDeep(token, 4 * mostLevels))) return undefined;
    // As in Helm, merge keys (`<<`) work, and an object can contain a key twice: the last value counts.
    const documents = [
      ...new Composer({ merge: true, uniqueKeys: false, logLevel: 'error' }).compose(tokens),
    ];
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    const trees = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as Tree);
    return trees.some((tree) => isTooDeep(tree)) ? undefined : trees;
  } catch {
    // `toJS` throws after 100 copies of an anchor. Otherwise a short text could fill the memory.
    return undefined;
  }
}
