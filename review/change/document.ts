import { Composer, Parser } from 'yaml';
import type { Tree } from './tree.ts';

/** The tree of a JSON document in a text; undefined if the text is not a JSON object or list. */
export function jsonIn(text: string): Tree | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const tree: Tree = JSON.parse(text);
    return isTooDeep(tree) ? undefined : tree;
  } catch {
    return undefined;
  }
}

/** Levels of the deepest value that the review reads. Values of charts have about 20. */
export const mostLevels = 200;

/** Whether a value has more levels than a recursive function can follow safely. */
export function isTooDeep(value: unknown, levels = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isTooDeep(child, levels - 1));
}

/** The tree of a text with chart values in JSON or YAML; undefined if the text is neither. */
export function valuesIn(text: string): Tree | undefined {
  return documentsIn(text)?.[0];
}

/** The documents of a text in JSON or YAML; undefined if the text is neither. */
export function documentsIn(text: string): readonly Tree[] | undefined {
  const json = jsonIn(text);
  if (json !== undefined) return [json];
  try {
    const tokens = [...new Parser().parse(text)];
    // The composer is recursive, and a full stack can end the whole process. A level has up to four levels of tokens.
    if (tokens.some((token) => isTooDeep(token, 4 * mostLevels))) return undefined;
    // Helm follows merge keys, and takes the last of several equal keys.
    const documents = [
      ...new Composer({ merge: true, uniqueKeys: false, logLevel: 'error' }).compose(tokens),
    ];
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    const trees = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as Tree);
    return trees.some((tree) => isTooDeep(tree)) ? undefined : trees;
  } catch {
    // The document has more aliases than the limit, and could fill the memory.
    return undefined;
  }
}
