import { Hidden, isBranch, isList, own, sensitiveText, type Tree } from './tree.ts';

/** Blocks that set single chart values. The provider applies `values` first, then the blocks in order. */
const blocks = ['set', 'set_list', 'set_sensitive', 'set_wo'] as const;
type Block = (typeof blocks)[number];

/** Blocks whose values are always secrets, even if the plan does not mark the values as sensitive. */
const secretBlocks: readonly Block[] = ['set_sensitive', 'set_wo'];

/** Limits of Helm for the number of keys in a path, and for the index of a list. */
const mostKeys = 30;
const largestIndex = 65_536;

/** A number in the path is the index of a list. */
interface Assignment {
  readonly path: readonly (string | number)[];
  readonly value: Tree;
}

export interface SetResult {
  readonly values: Tree;
  /** The attributes of the Helm release, such as `version`, without the applied `set` blocks. */
  readonly release: Tree;
}

/** Merges the `set` blocks into the chart values, as Helm does. */
export function applySets(release: { readonly [key: string]: Tree }, values: Tree): SetResult {
  if (values instanceof Hidden) return { values, release };
  let merged: Tree = values;
  const applied = new Set<string>();
  for (const block of blocks) {
    const elements = own(release, block);
    if (elements === null) applied.add(block);
    if (!isList(elements)) continue;
    const assignments = elements.map((element) => assignmentsOf(block, element));
    if (assignments.includes(undefined)) continue;
    merged = assignments
      .flatMap((found) => found ?? [])
      .reduce<Tree>((tree, { path, value }) => assign(tree, path, value), merged);
    applied.add(block);
  }
  const rest = Object.entries(release).filter(([key]) => !applied.has(key));
  return { values: merged, release: Object.fromEntries(rest) };
}

function assignmentsOf(block: Block, element: Tree): readonly Assignment[] | undefined {
  if (!isBranch(element) || typeof element.name !== 'string') return undefined;
  const { name, type } = element;
  const value = secretBlocks.includes(block) ? secret(element.value) : (element.value ?? '');
  if (value === undefined) return [];
  if (type === 'literal' && typeof value === 'string') return [{ path: name.split('.'), value }];
  if (typeof value === 'string') return parse(`${name}=${value}`, type !== 'string');
  const [target] = parse(`${name}=`, true) ?? [];
  if (!target) return undefined;
  if (block !== 'set_list' || !isList(value)) return [{ ...target, value }];
  // The provider joins elements with commas. Therefore Helm splits an element that contains a comma.
  return value.every((item) => typeof item === 'string')
    ? parse(`${name}={${value.join(',')}}`, true)
    : [{ ...target, value }];
}

function secret(value: Tree | undefined): Tree | undefined {
  if (value === null || value === undefined) return undefined;
  return value instanceof Hidden ? value : new Hidden(sensitiveText, value);
}

/**
 * Parses the syntax of `--set`, such as `a.b[0]=1,c={x,y}` (https://helm.sh/docs/intro/using_helm).
 * @param typed converts texts such as `true` and `3`
 * @returns undefined if Helm refuses the text
 */
function parse(text: string, typed: boolean): readonly Assignment[] | undefined {
  const found: Assignment[] = [];
  let at = 0;
  const read = (ends: string): { readonly part: string; readonly end: string } => {
    let part = '';
    for (; at < text.length; at += 1) {
      const character = text[at] as string;
      if (ends.includes(character)) {
        at += 1;
        return { part, end: character };
      }
      if (character === '\\') at += 1;
      part += character === '\\' ? (text[at] ?? '') : character;
    }
    return { part, end: '' };
  };
  const value = (part: string) => (typed ? typedValue(part) : part);
  while (at < text.length) {
    const path: (string | number)[] = [];
    let end = '.';
    while (end === '.' || end === '[') {
      const key = read('.[=,');
      // In `a[0].b`, the empty text between `]` and the dot is not a key.
      if (key.part !== '' || typeof path.at(-1) !== 'number') path.push(key.part);
      end = key.end;
      if (end !== '[') continue;
      const index = Number(read(']').part);
      if (!Number.isInteger(index) || index < 0 || index > largestIndex) return undefined;
      path.push(index);
    }
    if (end !== '=' || path.length > mostKeys || path.includes('')) return undefined;
    if (text[at] !== '{') {
      found.push({ path, value: value(read(',').part) });
      continue;
    }
    at += 1;
    const items: Tree[] = [];
    for (let last = ','; last === ','; ) {
      const { part, end: stop } = read(',}');
      if (stop === '') return undefined;
      if (part !== '' || stop === ',') items.push(value(part));
      last = stop;
    }
    found.push({ path, value: items });
    if (text[at] === ',') at += 1;
  }
  return found;
}

function typedValue(text: string): Tree {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  if (lower === 'null') return null;
  // A number with a leading zero is a text for Helm.
  return /^(?:0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}

function assign(tree: Tree | undefined, [key, ...rest]: readonly (string | number)[], value: Tree): Tree {
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list: readonly Tree[] = tree !== undefined && isList(tree) ? tree : [];
    return Array.from({ length: Math.max(list.length, key + 1) }, (_, index) =>
      index === key ? assign(list[index], rest, value) : (list[index] ?? null),
    );
  }
  const branch: { readonly [key: string]: Tree } = isBranch(tree) ? tree : {};
  return { ...branch, [key]: assign(own(branch, key), rest, value) };
}
