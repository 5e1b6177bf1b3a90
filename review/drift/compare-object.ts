import { type Difference, differences } from '../change/difference.ts';
import type { Branch } from '../change/tree.ts';
import { hidePlainSecrets } from '../secrets/hide.ts';
import { withoutSecretData, withoutSecretValues } from './hide-secrets.ts';
import { isDeployer, type KnownWriter, knownWriters } from './known-writers.ts';
import { namedPart } from './named-part.ts';
import { isBelow } from './paths.ts';
import { extras, type Ownership, ownerships, type Writer, wrote } from './written.ts';

export interface ObjectDrift {
  readonly differences: readonly Difference[];
  readonly writers: readonly Writer[];
  readonly known: readonly { readonly path: readonly string[]; readonly reason: string }[];
}

/** The differences between a manifest and the live object. The data of a Secret is hidden. */
export function compareObject(manifest: Branch, live: Branch): ObjectDrift {
  const [wanted, found] = [shown(manifest), shown(live)];
  // Kubernetes ignores the namespace in the manifest of a cluster-wide object.
  const named = differences(wanted, namedPart(wanted, found)).filter(
    ({ path }) => path.join('.') !== 'metadata.namespace',
  );
  const owners = ownerships(live).filter(({ manager }) => !isDeployer(manager));
  const added = owners.flatMap(({ fields }) => extras(fields, wanted, found));
  const addedDifferences: readonly Difference[] = added
    .filter(({ path }) => !named.some((difference) => startsWith(path, difference.path)))
    .map(({ path, value }) => ({ path, after: value }));
  const known: { path: readonly string[]; reason: string }[] = [];
  const writers = new Map<string, Writer>();
  const drifted = [...named, ...addedDifferences].filter(({ path }) => {
    const authors = owners.filter(({ fields }) => wrote(fields, path));
    const reasons = authors.map((author) => reasonOf(author, path));
    const [reason] = reasons;
    if (reason !== undefined && reasons.every((one) => one !== undefined)) {
      known.push({ path, reason });
      return false;
    }
    for (const { manager, time } of authors) writers.set(manager, { manager, ...(time && { time }) });
    return true;
  });
  return {
    differences: withoutSecretValues(inTreeOrder(drifted)),
    writers: [...writers.values()],
    known,
  };
}

/** Hides secrets. A changed secret is still a difference, because `Hidden` compares the real values. */
const shown = (object: Branch) => hidePlainSecrets(withoutSecretData(object)) as Branch;

/** Returns why `manager` may write the value. Undefined if `manager` may not write the value. */
function reasonOf({ manager }: Ownership, path: readonly string[]): string | undefined {
  const covers = ({ manager: pattern, paths }: KnownWriter) =>
    pattern.test(manager) && (paths === undefined || paths.some((one) => isBelow(path, one)));
  return knownWriters.find(covers)?.reason;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => path[index] === key);
}

/** Puts differences with the same parent together, because the report prints each parent once. */
function inTreeOrder(found: readonly Difference[]): readonly Difference[] {
  const keys = new Map<string, number>();
  for (const { path } of found) {
    path.forEach((_, index) => {
      const start = path.slice(0, index + 1).join('\n');
      if (!keys.has(start)) keys.set(start, keys.size);
    });
  }
  const rank = ({ path }: Difference) =>
    path.map((_, index) => keys.get(path.slice(0, index + 1).join('\n')) ?? 0);
  return [...found].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
  });
}
