import { nameOf } from '../change/difference.ts';
import { type Branch, isBranch, isList, own, type Tree, valuesAt } from '../change/tree.ts';
import { identityOf, wholeObjects } from './merge-keys.ts';

/**
 * A program that wrote a value of an object, from `metadata.managedFields`
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
 */
export interface Writer {
  /** Name of the program, such as `kubectl-edit`. */
  readonly manager: string;
  /** Time at which the program last wrote the object, as ISO 8601. */
  readonly time?: string;
}

/** A program, and some fields of a Kubernetes object. The program is the last writer of each of these fields. */
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
 * Returns whether a program wrote the value at `path` in a Kubernetes object, or a part of the value.
 * @param fields the fields in `metadata.managedFields` that the program wrote
 * @param path keys of the value, such as `['spec', 'replicas']`
 */
export function wrote(fields: Branch, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  const children = Object.entries(fields).filter(([step]) => step !== '.');
  if (key === undefined || children.length === 0) return true;
  return children.some(([step, child]) => {
    const below = isBranch(child) ? child : {};
    if (step.startsWith('f:')) return step.slice(2) === key && wrote(below, rest);
    if (elementNames(step).includes(key)) return wrote(below, rest);
    // `fields` contains a key for each list element, such as `k:{"name":"nats"}` for the container `nats`. If the list has
    // only one container, `path` can be `['containers', 'image']`, without the name `nats`. Therefore the code also
    // searches for `image` directly below the key `k:{"name":"nats"}`.
    return step.startsWith('k:') && wrote(below, path);
  });
}

/**
 * Returns the values that identify a list element in a step. A step is a key in `metadata.managedFields`. Example: for
 * the step `k:{"name":"nats"}`, the function returns `nats`.
 */
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

/** Returns the fields that a program wrote into the live object, and that the manifest does not contain. */
export function extras(
  fields: Branch,
  manifest: Tree | undefined,
  live: Tree | undefined,
  path: readonly string[] = [],
): readonly Extra[] {
  if (live === undefined) return [];
  const children = Object.entries(fields).filter(([step]) => step !== '.');
  if (children.length === 0) return manifest === undefined ? [{ path, value: live }] : [];
  // This function returns nothing if the caller `compareObject` already reports the differences at `path`. There are two
  // such cases:
  // - The manifest has a plain value at `path`, such as a number. `compareObject` reports a different value in the cluster.
  // - The manifest has an object at `path`, and the last key of `path` is in `wholeObjects` (for example the key `data`).
  //   `compareObject` reports each key that a program added to this object.
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
    // If `wanted` is undefined, the cluster has a list element that the manifest does not have, such as an added
    // container. `compareObject` already reports this element. Therefore this function does not return the element.
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
