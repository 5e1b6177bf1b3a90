import { jsonIn } from './document.ts';
import { type Empties, emptyArguments } from './empty.ts';
import { type Branch, Hidden, isBranch, isEmpty, isList, nameOfObject, own, type Tree } from './tree.ts';

/** A difference between two values. The old or the new value can be undefined. */
export interface Difference {
  /** Keys from the root to the value. The key of a list element is its name or its index. */
  readonly path: readonly string[];
  readonly before?: Tree;
  readonly after?: Tree;
}

export const orderKey = '(order)';

/** Fields that contain the name of a list element. The first field that exists is used. */
const names = ['alert', 'record', 'name', 'uid', 'receiver', 'key', 'title', 'id', 'op'] as const;

/** Returns the innermost values that differ. */
export function differences(
  before: Tree | undefined,
  after: Tree | undefined,
  path: readonly string[] = [],
  empties: Empties = emptyArguments,
): readonly Difference[] {
  if (same(before, after, empties)) return [];
  const embedded = embeddedTrees(before, after);
  if (embedded) return differences(embedded.before, embedded.after, path);
  const both = children(before, after);
  if (!both)
    return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  const found = both.flatMap(([key, one, other]) =>
    differences(one, other, key === '' ? path : [...path, key], empties),
  );
  if (found.length > 0 || !isList(before) || !isList(after)) return found;
  // An added or removed empty block, such as `ingress {}`, changes only the length of the list.
  if (before.length !== after.length) return [{ path, before, after }];
  if (sameOrder(before, after)) return found;
  return [{ path: [...path, orderKey], before, after }];
}

export type Child = readonly [key: string, before: Tree | undefined, after: Tree | undefined];

/** Pairs the children of two objects or two lists. Returns undefined for other values. */
export function children(before: Tree | undefined, after: Tree | undefined): readonly Child[] | undefined {
  if (isBranch(before) && isBranch(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].map((key) => [key, own(before, key), own(after, key)] as const);
  }
  return isList(before) && isList(after) ? elements(before, after) : undefined;
}

/**
 * Pairs the elements of two lists:
 * 1. elements with the same name
 * 2. equal elements without a name
 * 3. the remaining elements without a name, in their order
 */
function elements(before: readonly Tree[], after: readonly Tree[]): readonly Child[] {
  // Terraform writes a block as a list with one element. The path leaves out the index of the element.
  const [first, current] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && isBlock(first) && isBlock(current)) {
    return [['', first, current]];
  }
  const olds = new Map(named(before));
  const news = new Map(named(after));
  const paired = [...new Set([...olds.keys(), ...news.keys()])].map(
    (key) => [key, olds.get(key), news.get(key)] as const,
  );
  const complete = paired.filter(([, one, other]) => one !== undefined && other !== undefined);
  const single = paired.filter(([, one, other]) => one === undefined || other === undefined);
  const removed = single.filter(([, one]) => one !== undefined);
  const added = single.filter(([, one]) => one === undefined);
  const anonymous = (list: typeof single) => list.filter(([key]) => key.startsWith('#'));
  const moved = anonymous(removed).flatMap(([key, one], index) => {
    const partner = anonymous(added)[index];
    return partner ? [[key, partner[0], one, partner[2]] as const] : [];
  });
  const joined = new Set(moved.flat());
  return [
    ...complete.map(
      ([key, one, other]) => [one instanceof Hidden ? String(before.indexOf(one)) : key, one, other] as const,
    ),
    ...moved.map(([, , one, other], index) => [String(index), one, other] as const),
    ...single
      .filter(([key]) => !joined.has(key))
      .map(
        ([key, one, other], index) =>
          [key.startsWith('#') ? String(moved.length + index) : key, one, other] as const,
      ),
  ];
}

/** A renamed Prometheus rule must appear as a removed rule and an added rule. */
const isBlock = (element: Tree | undefined): element is Branch =>
  isBranch(element) && !('alert' in element) && !('record' in element);

/** Returns each element with a unique key: its name, or `#` and its JSON text. */
function named(list: readonly Tree[]): readonly (readonly [string, Tree])[] {
  const seen = new Map<string, number>();
  return list.map((element) => {
    const key = nameOf(element) ?? `#${JSON.stringify(element)}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return [count === 0 ? key : `${key} (${count + 1})`, element] as const;
  });
}

export function nameOf(element: Tree): string | undefined {
  if (typeof element === 'string') return /^--?[\w.-]+(?==)/.exec(element)?.[0] ?? element;
  if (typeof element === 'number') return String(element);
  if (!isBranch(element)) return undefined;
  const object = nameOfObject(element);
  if (object !== undefined) return object;
  for (const field of names) {
    const value = element[field];
    if (typeof value !== 'string' || value === '') continue;
    // Two rules can record the same metric. Therefore the name of a rule also contains its `labels`.
    const more = details[field];
    const detail = more === undefined ? undefined : element[more];
    return isEmpty(detail) ? value : `${value} ${detailText(detail)}`;
  }
  return undefined;
}

const details: Readonly<Partial<Record<(typeof names)[number], string>>> = {
  receiver: 'matchers',
  op: 'path',
  record: 'labels',
};

function detailText(detail: Tree | undefined): string {
  if (isList(detail)) return detail.map(String).join(', ');
  if (!isBranch(detail)) return String(detail);
  const labels = Object.entries(detail).map(([key, value]) => `${key}="${String(value)}"`);
  return `{${labels.join(', ')}}`;
}

function same(before: Tree | undefined, after: Tree | undefined, empties: Empties): boolean {
  if (before === after) return true;
  if (before instanceof Hidden) return before.equals(after);
  if (typeof before === 'string' && typeof after === 'string') return isSameAzureId(before, after);
  if (isList(before) && isList(after) && before.length === after.length) {
    return before.every((element, index) => same(element, after[index], empties));
  }
  if (isBranch(before) && isBranch(after)) {
    for (const key in before) if (!same(before[key], own(after, key), empties)) return false;
    for (const key in after) {
      if (!Object.hasOwn(before, key) && !same(undefined, after[key], empties)) return false;
    }
    return true;
  }
  return empties(before, after);
}

function sameOrder(before: readonly Tree[], after: readonly Tree[]): boolean {
  const keys = (list: readonly Tree[]) => named(list).map(([key]) => key);
  const fresh = keys(after);
  return keys(before).every((key, index) => key === fresh[index]);
}

/** Ignores the case of an Azure id, because Azure does not always return an id in the same case. */
function isSameAzureId(before: string, after: string): boolean {
  return /^\/subscriptions\//i.test(before) && before.toLowerCase() === after.toLowerCase();
}

function embeddedTrees(before: Tree | undefined, after: Tree | undefined) {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const documents = { before: jsonIn(before), after: jsonIn(after) };
  if (documents.before !== undefined && documents.after !== undefined) {
    return documents as { readonly before: Tree; readonly after: Tree };
  }
  if (!before.includes('\n') && !after.includes('\n')) return undefined;
  return { before: before.split('\n'), after: after.split('\n') };
}
