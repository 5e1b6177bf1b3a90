import { type Difference, orderKey } from '../change/difference.ts';
import { inline, isBranch, isEmpty, isList, type Tree } from '../change/tree.ts';

/** Maximum number of lines for a removed or added subtree. */
const subtreeLines = 12;

/** Shows differences like `diff`. The sign `~` marks a list with a new order of the same elements. */
export function treeLines(found: readonly Difference[]): readonly string[] {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const difference of found) {
    const { path } = difference;
    const shared = sharedLength(open, path.slice(0, -1));
    for (let depth = shared; depth < path.length - 1; depth += 1)
      lines.push(line(' ', depth, `${label(path[depth])}:`));
    open = path.slice(0, -1);
    lines.push(...leafLines(difference));
  }
  return lines;
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  const different = other.findIndex((key, index) => key !== one[index]);
  return different === -1 ? Math.min(one.length, other.length) : different;
}

function leafLines({ path, before, after }: Difference): readonly string[] {
  const depth = Math.max(0, path.length - 1);
  const key = label(path.at(-1));
  if (key === orderKey && isList(before) && isList(after))
    return [line('~', depth, 'the same elements in another order')];
  // The report shows an added list element `get` as `+ get`, not as `+ get: get`.
  if (typeof (before ?? after) === 'string' && (before === undefined || after === undefined)) {
    const text = inline(before ?? after);
    if (text === key || String(before ?? after) === path.at(-1))
      return [line(after === undefined ? '-' : '+', depth, text)];
  }
  const [old, fresh] = fromDifference(before, after);
  const shows = (tree: Tree | undefined) =>
    isEmpty(before) && isEmpty(after) ? tree !== undefined : !isEmpty(tree);
  return [
    ...(shows(before) ? valueLines('-', depth, key, old) : []),
    ...(shows(after) ? valueLines('+', depth, key, fresh) : []),
  ];
}

/** Number of equal characters that are shown before the first difference of two long texts. */
const lead = 30;

function fromDifference(before: Tree | undefined, after: Tree | undefined): readonly (Tree | undefined)[] {
  if (typeof before !== 'string' || typeof after !== 'string') return [before, after];
  const [old, fresh] = [[...before], [...after]];
  const first = old.findIndex((character, index) => character !== fresh[index]);
  const start = (first === -1 ? old.length : first) - lead;
  return start > lead ? [old, fresh].map((text) => `…${text.slice(start).join('')}`) : [before, after];
}

function valueLines(mark: string, depth: number, key: string, tree: Tree = null): readonly string[] {
  if (!isParent(tree) || isEmpty(tree)) {
    return [line(mark, depth, `${key}: ${inline(tree)}`)];
  }
  const inner = subtree(tree).map((text) => line(mark, depth + 1, text));
  const shown = inner.length > subtreeLines ? inner.slice(0, subtreeLines - 1) : inner;
  const rest = inner.length - shown.length;
  return [
    line(mark, depth, `${key}:`),
    ...shown,
    ...(rest > 0 ? [line(mark, depth + 1, `… ${rest} more lines`)] : []),
  ];
}

function subtree(tree: Tree): readonly string[] {
  if (isList(tree)) {
    // Keeps the element `{}`. In a network policy, `{}` allows every connection.
    return tree
      .filter((child) => isBranch(child) || hasContent(child))
      .flatMap((child) => {
        const [first = '{}', ...rest] = isParent(child) ? subtree(child) : [inline(child)];
        return [`- ${first}`, ...rest.map((text) => `  ${text}`)];
      });
  }
  if (!isBranch(tree)) return [inline(tree)];
  return Object.entries(tree)
    .filter(([, child]) => hasContent(child))
    .flatMap(([key, child]) =>
      isParent(child)
        ? [`${label(key)}:`, ...subtree(child).map((text) => `  ${text}`)]
        : [`${label(key)}: ${inline(child)}`],
    );
}

function isParent(tree: Tree): boolean {
  return isBranch(tree) || (isList(tree) && tree.some(isBranch));
}

function hasContent(tree: Tree): boolean {
  return !isEmpty(tree);
}

function line(mark: string, depth: number, text: string): string {
  return `${mark} ${'  '.repeat(depth)}${text}`;
}

function label(key: string | undefined): string {
  return inline(key ?? '', 80);
}
