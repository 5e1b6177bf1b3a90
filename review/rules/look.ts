import type { Action } from '../change/action.ts';
import type { Change } from '../change/change.ts';
import { children, nameOf } from '../change/difference.ts';
import { jsonIn } from '../change/document.ts';
import { isBranch, isList, own, segments, type Tree } from '../change/tree.ts';
import type { Look, Pair } from './rule.ts';

/** Selects the chart values at `paths` of each Helm release in `releases`. */
export function values(releases: readonly string[], ...paths: readonly string[]): Look {
  return {
    text: `values ${list(paths)} of ${list(releases)}`,
    pairs: ({ release }) =>
      release && releases.includes(release.name)
        ? paths.flatMap((path) => pairsAt(release.before, release.after, segments(path), ['values']))
        : [],
  };
}

export function anyValues(...paths: readonly string[]): Look {
  return {
    text: `values ${list(paths)} of every release`,
    pairs: ({ release }) =>
      release
        ? paths.flatMap((path) => pairsAt(release.before, release.after, segments(path), ['values']))
        : [],
  };
}

/** Finds changed values by key, at any depth of a Helm release or a Kubernetes resource. */
export function keyAnywhere(...keys: readonly string[]): Look {
  return {
    text: `${list(keys)} anywhere in a release or a Kubernetes object`,
    pairs: ({ type, embedded, action, release, after, differences }) => {
      if (embedded || (!release && !type.startsWith('kubernetes_'))) return [];
      if (action === 'create') return below(release ? release.after : after, keys, release ? ['values'] : []);
      return differences.flatMap((difference) => {
        const { path } = difference;
        if (keys.includes(path.at(-1) ?? '')) return [pair(path, difference.before, difference.after)];
        // The code does not search `difference.before`, because a removed container must not cause a finding.
        return below(difference.after, keys, path);
      });
    },
  };
}

export function attributes(types: readonly string[], ...paths: readonly string[]): Look {
  return {
    text: `${list(paths)} of ${list(types)}`,
    pairs: ({ type, before, after }) =>
      types.includes(type) ? paths.flatMap((path) => pairsAt(before, after, segments(path), [])) : [],
  };
}

export function objects(kinds: readonly string[], ...paths: readonly string[]): Look {
  return {
    text: paths.length > 0 ? `${list(paths)} of ${list(kinds)}` : `objects of the kind ${list(kinds)}`,
    pairs: (change) =>
      change.objects
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap(({ path: at, before, after }) =>
          paths.length > 0
            ? paths.flatMap((path) => pairsAt(before, after, segments(path), at))
            : [pair(at, before, after)],
        ),
  };
}

/** The type `*` matches every resource, but no object inside a Helm release or a manifest. */
export function resources(types: readonly string[], ...actions: readonly Action[]): Look {
  return {
    text: `${list(types)}: ${list(actions)}`,
    pairs: ({ type, embedded, action, before, after }) =>
      ((types.includes('*') && !embedded) || types.includes(type)) && actions.includes(action)
        ? [pair([], before, after)]
        : [],
  };
}

export function releasesOf(names: readonly string[], ...actions: readonly Action[]): Look {
  return {
    text: `the releases ${list(names)}: ${list(actions)}`,
    pairs: ({ release, action, before, after }) =>
      release && names.includes(release.name) && actions.includes(action) ? [pair([], before, after)] : [],
  };
}

export function derived(text: string, pairs: (change: Change) => readonly Pair[]): Look {
  return { text, pairs };
}

/** Returns the values at a path in two trees, in pairs. `*` means every key or list element. */
export function pairsAt(
  before: Tree | undefined,
  after: Tree | undefined,
  [key, ...rest]: readonly string[],
  at: readonly string[],
): readonly Pair[] {
  if (key === undefined) return before === undefined && after === undefined ? [] : [pair(at, before, after)];
  const both = isList(before) || isList(after) ? children(before ?? [], after ?? []) : undefined;
  if (both) {
    const inner = key === '*' ? rest : [key, ...rest];
    return both.flatMap(([name, one, other]) => pairsAt(one, other, inner, name === '' ? at : [...at, name]));
  }
  if (key === '*') {
    return (children(before ?? {}, after ?? {}) ?? []).flatMap(([name, one, other]) =>
      pairsAt(one, other, rest, [...at, name]),
    );
  }
  return pairsAt(childOf(before, key), childOf(after, key), rest, [...at, key]);
}

function childOf(tree: Tree | undefined, key: string): Tree | undefined {
  return isBranch(tree) ? own(tree, key) : undefined;
}

function below(tree: Tree | undefined, keys: readonly string[], at: readonly string[]): readonly Pair[] {
  const value = typeof tree === 'string' ? jsonIn(tree) : tree;
  const entries = isList(value)
    ? value.map((child, index) => [nameOf(child) ?? String(index), child] as const)
    : isBranch(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, child]) =>
    keys.includes(key) ? [pair([...at, key], undefined, child)] : below(child, keys, [...at, key]),
  );
}

export function pair(path: readonly string[], before: Tree | undefined, after: Tree | undefined): Pair {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

export function texts(
  before: readonly string[],
  after: readonly string[],
  at: readonly string[],
): readonly Pair[] {
  return [...new Set([...before, ...after])].map((text) =>
    pair(at, before.includes(text) ? text : undefined, after.includes(text) ? text : undefined),
  );
}

function list(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}
