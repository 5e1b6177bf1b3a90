import { parseAllDocuments } from 'yaml';
import type { Tree } from './tree.ts';

/** The tree of a JSON document in a text; undefined if the text is not a JSON object or list. */
export function jsonIn(text: string): Tree | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The tree of a text with chart values in JSON or YAML; undefined if the text is neither. */
export function valuesIn(text: string): Tree | undefined {
  const json = jsonIn(text);
  if (json !== undefined) return json;
  const [document] = parseAllDocuments(text);
  if (!document || !('errors' in document) || document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 }) as Tree;
  } catch {
    // The document has more aliases than the limit, and could fill the memory.
    return undefined;
  }
}
