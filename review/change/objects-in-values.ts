import type { ObjectChange, ReleaseChange } from './change.ts';
import { children } from './difference.ts';
import { documentsIn } from './document.ts';
import { type Branch, isBranch, isList, nameOfObject, type Tree, textAt, valuesAt } from './tree.ts';

/** Parses each YAML text that contains Kubernetes objects. */
export function withParsedObjects(tree: Tree): Tree {
  if (!hasObjectText(tree)) return tree;
  if (isList(tree)) {
    return tree.flatMap((element) => objectsInText(element) ?? [withParsedObjects(element)]);
  }
  if (!isBranch(tree)) return only(objectsInText(tree)) ?? tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, child]) => [key, only(objectsInText(child)) ?? withParsedObjects(child)]),
  );
}

const only = (objects: readonly Tree[] | undefined) => (objects?.length === 1 ? objects[0] : objects);

function hasObjectText(tree: Tree): boolean {
  if (typeof tree === 'string') return mayBeObject(tree);
  if (isList(tree)) return tree.some(hasObjectText);
  // Helm does not deploy a manifest that is stored as text in an object, for example in a ConfigMap.
  return isBranch(tree) && !isObject(tree) && childrenOf(tree).some(hasObjectText);
}

function mayBeObject(text: string): boolean {
  return text.includes('metadata') && /(?:^|[\s{,"'])kind["']?\s*:/.test(text);
}

/** Returns undefined if the text is not valid YAML, or if a document contains no Kubernetes object. */
function objectsInText(tree: Tree): readonly Tree[] | undefined {
  if (typeof tree !== 'string' || !mayBeObject(tree)) return undefined;
  const documents = documentsIn(tree)?.filter((document) => document !== null);
  return documents && documents.length > 0 && documents.every(hasObject) ? documents : undefined;
}

const childrenOf = (branch: Branch): readonly Tree[] => Object.values(branch);

function isObject(tree: Tree | undefined): tree is Branch {
  return (
    tree !== undefined && nameOfObject(tree) !== undefined && textAt(tree, 'metadata.name') !== undefined
  );
}

function hasObject(tree: Tree | undefined): boolean {
  if (isList(tree)) return tree.some(hasObject);
  return isBranch(tree) && (isObject(tree) || childrenOf(tree).some(hasObject));
}

/** The Kubernetes objects anywhere in the chart values of a release, before and after the change. */
export function objectsOf({
  before,
  after,
}: Pick<ReleaseChange, 'before' | 'after'>): readonly ObjectChange[] {
  return objectPairs(before, after, ['values']);
}

/** The Kubernetes object in a resource `kubernetes_manifest`. */
export function manifestObject(before: Tree | undefined, after: Tree | undefined): readonly ObjectChange[] {
  const [one, other] = [before, after].map((tree) => valuesAt(tree, 'manifest')[0]);
  const shown = other ?? one;
  if (shown === undefined || nameOfObject(shown) === undefined) return [];
  return [objectChange(['manifest'], one, other)];
}

function objectPairs(
  before: Tree | undefined,
  after: Tree | undefined,
  at: readonly string[],
): readonly ObjectChange[] {
  if (!hasObject(before) && !hasObject(after)) return [];
  // In `withParsedObjects`, a text with one object becomes an object. Several objects become a list.
  if (isObject(before) && isList(after)) return objectPairs([before], after, at);
  if (isList(before) && isObject(after)) return objectPairs(before, [after], at);
  if (isObject(before) || isObject(after)) return ofObjects(before, after, at);
  const both = children(before ?? empty(after), after ?? empty(before));
  if (!both) return [...objectPairs(before, undefined, at), ...objectPairs(undefined, after, at)];
  return both.flatMap(([key, one, other]) => objectPairs(one, other, key === '' ? at : [...at, key]));
}

function ofObjects(
  before: Tree | undefined,
  after: Tree | undefined,
  at: readonly string[],
): readonly ObjectChange[] {
  const [one, other] = [before, after].map((tree) => (isObject(tree) ? tree : undefined));
  const names = [one, other].map((tree) => tree && nameOfObject(tree));
  if (one === undefined || other === undefined || names[0] === names[1])
    return [objectChange(at, one, other)];
  // Kubernetes cannot change a kind, namespace or name. Therefore Helm replaces the object.
  return [
    objectChange([...at, names[0] ?? ''], one, undefined),
    objectChange([...at, names[1] ?? ''], undefined, other),
  ];
}

const empty = (other: Tree | undefined): Tree => (isList(other) ? [] : {});

function objectChange(
  path: readonly string[],
  before: Tree | undefined,
  after: Tree | undefined,
): ObjectChange {
  const shown = after ?? before;
  const namespace = textAt(shown, 'metadata.namespace');
  return {
    path,
    kind: textAt(shown, 'kind') ?? '',
    name: textAt(shown, 'metadata.name') ?? '',
    ...(namespace !== undefined && { namespace }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
