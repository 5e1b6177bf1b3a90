import { Hidden, isBranch, isList, sensitiveText, type Tree, unknownText } from './tree.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function hideSensitive(value: unknown, marks: unknown): Tree {
  if (marks === true) return value === null || value === undefined ? null : new Hidden(sensitiveText, value);
  if (!hasMark(marks)) return (value ?? null) as Tree;
  if (Array.isArray(value)) {
    return value.map((element, index) => hideSensitive(element, Array.isArray(marks) ? marks[index] : true));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        hideSensitive(child, isObject(marks) ? marks[key] : true),
      ]),
    );
  }
  // If the sensitivity marks do not fit the value, hide the whole value.
  return value === null || value === undefined ? null : new Hidden(sensitiveText, value);
}

/** Puts `(known after apply)` at the place of each value that is unknown before the apply. */
export function markUnknown(tree: Tree, unknown: unknown): Tree {
  if (unknown === true) return new Hidden(unknownText);
  if (!hasMark(unknown)) return tree;
  if (Array.isArray(unknown)) {
    const list = Array.isArray(tree) ? tree : [];
    const length = Math.max(list.length, unknown.length);
    return Array.from({ length }, (_, index) => markUnknown(list[index] ?? null, unknown[index]));
  }
  if (isObject(unknown) && !(tree instanceof Hidden)) {
    const branch = isObject(tree) ? (tree as { readonly [key: string]: Tree }) : {};
    const added = Object.entries(unknown).filter(([key, mark]) => key in branch || hasMark(mark));
    if (!isObject(tree) && added.length === 0) return tree;
    return {
      ...branch,
      ...Object.fromEntries(added.map(([key, mark]) => [key, markUnknown(branch[key] ?? null, mark)])),
    };
  }
  return tree;
}

function hasMark(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(hasMark);
}

/** Chart values or a manifest, without the data of their Secrets. */
export function hideSecretObjects(tree: Tree): Tree {
  if (!hasSecretObject(tree)) return tree;
  if (typeof tree === 'string') return new Hidden(sensitiveText, tree);
  if (isList(tree)) return tree.map(hideSecretObjects);
  if (!isBranch(tree)) return tree;
  const secret = tree.kind === 'Secret';
  return Object.fromEntries(
    Object.entries(tree).map(([key, child]) => [
      key,
      secret && ['data', 'stringData'].includes(key)
        ? hideSensitive(child, marksOf(child))
        : hideSecretObjects(child),
    ]),
  );
}

/** Finds `kind: Secret` in a text. The text can be a Helm template, which a YAML parser cannot read. */
const secretText = /^[\s-]*["']?kind["']?\s*:\s*["']?Secret\b/m;

function hasSecretObject(tree: Tree): boolean {
  if (typeof tree === 'string') return secretText.test(tree);
  if (isList(tree)) return tree.some(hasSecretObject);
  return isBranch(tree) && (tree.kind === 'Secret' || Object.values(tree).some(hasSecretObject));
}

function marksOf(data: Tree): unknown {
  return isBranch(data) ? Object.fromEntries(Object.keys(data).map((key) => [key, true])) : true;
}
