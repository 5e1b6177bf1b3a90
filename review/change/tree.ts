/** A placeholder for a secret or unknown value. The JSON contains `text` instead of the value. */
export class Hidden {
  readonly text: string;
  readonly #raw: string;

  constructor(text: string, value?: unknown) {
    this.text = text;
    this.#raw = JSON.stringify(value) ?? '';
  }

  equals(other: unknown): boolean {
    return other instanceof Hidden && other.text === this.text && other.#raw === this.#raw;
  }

  toJSON(): string {
    return this.text;
  }
}

export const sensitiveText = '(sensitive value)';
export const unknownText = '(known after apply)';

/** A JSON value of a plan. Secret and unknown values are `Hidden`. */
export type Tree =
  | null
  | boolean
  | number
  | string
  | Hidden
  | readonly Tree[]
  | { readonly [key: string]: Tree };
export type Branch = { readonly [key: string]: Tree };

export function isBranch(tree: Tree | undefined): tree is Branch {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !(tree instanceof Hidden);
}

export function isList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** Reads a key, but not an inherited key. A path in a plan can contain a key such as `constructor`. */
export function own(branch: Branch, key: string): Tree | undefined {
  return Object.hasOwn(branch, key) ? branch[key] : undefined;
}

/** Whether a value has no content. `[{}]` has content: `ingress {}` of a NetworkPolicy allows everyone. */
export function isEmpty(tree: Tree | undefined): boolean {
  if (tree === undefined || tree === null || tree === '') return true;
  if (isList(tree)) return tree.every((element) => !isBranch(element) && isEmpty(element));
  return isBranch(tree) && Object.values(tree).every(isEmpty);
}

/** A value as one line of at most `length` characters. */
export function inline(tree: Tree | undefined, length = 120): string {
  if (tree instanceof Hidden) return tree.text;
  const text = typeof tree === 'string' && tree !== '' ? tree : (JSON.stringify(tree) ?? 'nothing');
  const line = text.replace(/\s+/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** Returns all values at a path, such as the images of all containers for `containers.image`. `*` means every key. */
export function valuesAt(tree: Tree | undefined, path: string | readonly string[]): readonly Tree[] {
  const [key, ...rest] = typeof path === 'string' ? segments(path) : path;
  if (isList(tree)) return tree.flatMap((element) => valuesAt(element, path));
  if (key === undefined) return tree === undefined || tree === null ? [] : [tree];
  if (!isBranch(tree)) return [];
  if (key === '*') return Object.values(tree).flatMap((value) => valuesAt(value, rest));
  return valuesAt(own(tree, key), rest);
}

/** Splits a path into its keys. A key with a dot is in brackets, such as `grafana[grafana.ini].users`. */
export function segments(path: string): readonly string[] {
  return [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(
    ([, bracketed, plain]) => bracketed ?? plain ?? '',
  );
}

export function textAt(tree: Tree | undefined, path: string): string | undefined {
  return valuesAt(tree, path).find((value): value is string => typeof value === 'string');
}

/** The name of an object, such as `Service nats/nats-metrics`. Undefined if the value is no manifest. */
export function nameOfObject(tree: Tree): string | undefined {
  if (!isBranch(tree) || typeof tree.kind !== 'string' || !isBranch(tree.metadata)) return undefined;
  const { name, namespace } = tree.metadata;
  return `${tree.kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${String(name)}`;
}
