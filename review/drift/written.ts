import { nameOf } from '../change/difference.ts';
import { type Branch, isBranch, isList, own, type Tree, valuesAt } from '../change/tree.ts';
import { identityOf, wholeObjects } from './merge-keys.ts';

/**
 * A program that wrote a value of an object
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
 */
export interface Writer {
  /** Name of the program that wrote the value, such as `kubectl-edit`. */
  readonly manager: string;
  /** Time of the last write by `manager`, as ISO 8601. Undefined if `managedFields` contains no time. */
  readonly time?: string;
}

/** A program, and the fields of a Kubernetes object that the program wrote. */
export interface Ownership extends Writer {
  readonly fields: Branch;
}

/** The programs that wrote the object. Writes of the field `status` are left out. */
export function ownerships(live: Branch): readonly Ownership[] {
  return valuesAt(live, 'metadata.managedFields').flatMap((entry) => {
    if (!isBranch(entry) || entry.subresource === 'status') return [];
    const { manager, time, fieldsV1 } = entry;
    if (typeof manager !== 'string' || !isBranch(fieldsV1)) return [];
    return [{ manager, fields: fieldsV1, ...(typeof time === 'string' && { time }) }];
  });
}

/**
 * Returns whether a program wrote the value at `path`. A write to a parent or child of the value also counts.
 * @param fields value of `fieldsV1` in an entry of `metadata.managedFields`
 */
export function wrote(fields: Branch, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  const children = partsOf(fields);
  if (key === undefined || children.length === 0) return true;
  return children.some(([step, child]) => {
    const below = isBranch(child) ? child : {};
    if (step.startsWith('f:')) return step.slice(2) === key && wrote(below, rest);
    if (elementNames(step).includes(key)) return wrote(below, rest);
    // For a list with one element, `path` continues directly with the fields of the element.
    return step.startsWith('k:') && partsOf(below).length > 0 && wrote(below, path);
  });
}

/** The entries of `fields` except `.`, which stands for the object or the element itself. */
const partsOf = (fields: Branch) => Object.entries(fields).filter(([step]) => step !== '.');

/** Returns the values that identify a list element, such as `nats` for `k:{"name":"nats"}`. */
function elementNames(step: string): readonly string[] {
  const value = json(step.slice(2));
  const values = isBranch(value) ? Object.values(value) : [value];
  return values.map(String);
}

/** A field that a program wrote, and that the manifest does not name. */
export interface Extra {
  readonly path: readonly string[];
  readonly value: Tree;
}

export function extras(
  fields: Branch,
  manifest: Tree | undefined,
  live: Tree | undefined,
  path: readonly string[] = [],
): readonly Extra[] {
  if (live === undefined) return [];
  const children = partsOf(fields);
  if (children.length === 0) return manifest === undefined ? [{ path, value: live }] : [];
  // The caller `compareObject` already reports the differences in these fields.
  if (manifest !== undefined && (!hasParts(manifest) || wholeObjects.has(path.at(-1) ?? ''))) return [];
  return children.flatMap(([step, child]) => {
    const below = isBranch(child) ? child : {};
    if (step.startsWith('f:')) {
      const name = step.slice(2);
      const [wanted, found] = [manifest, live].map((tree) => (isBranch(tree) ? own(tree, name) : undefined));
      return extras(below, wanted, found, [...path, name]);
    }
    const found = elementOf(step, live, path);
    if (found === undefined) return [];
    const name = nameOf(found) ?? elementNames(step).join(' ');
    if (manifest === undefined) return extras(below, undefined, found, [...path, name]);
    const wanted = elementOf(step, manifest, path);
    // The caller `compareObject` reports added list elements.
    return wanted === undefined ? [] : extras(below, wanted, found, [...path, name]);
  });
}

const hasParts = (tree: Tree) => isBranch(tree) || isList(tree);

function elementOf(step: string, list: Tree, path: readonly string[]): Tree | undefined {
  if (!isList(list)) return undefined;
  const wanted = json(step.slice(2));
  if (!isBranch(wanted)) return list.find((element) => element === wanted);
  const id = identityOf(path.at(-1) ?? '', wanted);
  return list.find((element) =>
    id === undefined
      ? isBranch(element) && Object.entries(wanted).every(([key, value]) => element[key] === value)
      : identityOf(path.at(-1) ?? '', element) === id,
  );
}

function json(text: string): Tree {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
