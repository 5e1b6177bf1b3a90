import type { Plan } from '../plan/read-plan.ts';
import type { ResourceChange } from '../plan/schema.ts';
import { actionOf, reasonOf } from './action.ts';
import type { Change } from './change.ts';
import { differences } from './difference.ts';
import { emptyChartValues } from './empty.ts';
import { hideSecretObjects, hideSensitive, markUnknown } from './hide.ts';
import { canonicalType } from './kubernetes-types.ts';
import { readableName } from './name.ts';
import { manifestObject, objectsOf } from './objects-in-values.ts';
import { type ReleaseTree, releaseTree } from './release.ts';
import { roleAssignmentName } from './role-assignment.ts';
import { sensitiveTexts, withoutTexts } from './sensitive-texts.ts';
import { type Tree, textAt } from './tree.ts';
import { chartVersion, imageVersions } from './versions.ts';

/** The changes of a plan, in the order of the plan. */
export interface PlannedChanges {
  readonly stack: string;
  readonly changes: readonly Change[];
  /** Resources that somebody changed or deleted outside Terraform. */
  readonly drift: readonly Change[];
  /** Number of updates without a real difference, such as a changed letter case in an Azure id. */
  readonly noise: number;
  /** False if Terraform left out some changes. */
  readonly complete: boolean;
}

/** Hides secrets in a tree before the comparison. */
type Hide = (tree: Tree) => Tree;

/**
 * A caller that passes no `hide` must call `refusePlainSecrets` before this function.
 * @param hide hides secrets that are not marked as sensitive
 */
export function changesOf(plan: Plan, hide: Hide = (tree) => tree): PlannedChanges {
  const texts = sensitiveTexts(plan);
  const read = (list: readonly ResourceChange[]) =>
    list.flatMap((resource) => changeOf(plan, resource, texts, hide) ?? []);
  const all = read(plan.resource_changes);
  const changes = all.filter((change) => change.action !== 'update' || change.differences.length > 0);
  const drift = read(plan.resource_drift).flatMap(withoutServerValues);
  return { stack: plan.stack, changes, drift, noise: all.length - changes.length, complete: plan.complete };
}

const serverValues = ['metadata.resource_version', 'metadata.generation'];

/** Removes the differences in values that the Kubernetes API server sets. */
function withoutServerValues(change: Change): readonly Change[] {
  const { action, type, differences: found } = change;
  if (action !== 'update') return [change];
  const left = found.filter(({ path }) => path[0] !== 'status' && !serverValues.includes(path.join('.')));
  if (left.length > 0) return [{ ...change, differences: left }];
  // A new `resource_version` of a Secret can mean a new secret value.
  return found.length > 0 && type.startsWith('kubernetes_secret') ? [change] : [];
}

function changeOf(
  plan: Plan,
  resource: ResourceChange,
  texts: readonly string[],
  hide: Hide,
): Change | undefined {
  const action = actionOf(resource);
  if (resource.mode === 'data' || action === undefined) return undefined;
  const { address, change } = resource;
  const type = canonicalType(resource.type);
  const before = tree(change.before, change.before_sensitive, undefined, texts);
  const after = tree(change.after, change.after_sensitive, change.after_unknown, texts);
  const shown = after ?? before;
  const reason = reasonOf(resource.action_reason);
  const base = {
    stack: plan.stack,
    address,
    type,
    action,
    name:
      type === 'azurerm_role_assignment'
        ? roleAssignmentName(plan, address, shown, texts)
        : readableName(type, shown, address),
    ...(reason !== undefined && { reason }),
  };
  return type === 'helm_release'
    ? { ...base, ...ofRelease(before, after, hide) }
    : {
        ...base,
        ...(type === 'kubernetes_manifest' ? ofManifest(before, after, hide) : ofOther(before, after, hide)),
      };
}

function tree(
  value: unknown,
  sensitive: unknown,
  unknown: unknown,
  texts: readonly string[],
): Tree | undefined {
  if (value === null || value === undefined) return undefined;
  return withoutTexts(markUnknown(hideSensitive(value, sensitive), unknown), texts);
}

type Content = Omit<Change, 'stack' | 'address' | 'type' | 'action' | 'name'>;

function ofOther(oldTree: Tree | undefined, newTree: Tree | undefined, hide: Hide): Content {
  const [before, after] = [oldTree, newTree].map((tree) => tree && hide(tree));
  const found = before === undefined || after === undefined ? [] : differences(before, after);
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    objects: [],
    differences: found,
    versions: imageVersions(found),
  };
}

function ofManifest(oldTree: Tree | undefined, newTree: Tree | undefined, hide: Hide): Content {
  const [before, after] = [oldTree, newTree].map((tree) => tree && hideSecretObjects(tree));
  return { ...ofOther(before, after, hide), objects: manifestObject(before, after) };
}

function ofRelease(oldTree: Tree | undefined, newTree: Tree | undefined, hide: Hide): Content {
  const before = oldTree === undefined ? undefined : shownRelease(oldTree, hide);
  const after = newTree === undefined ? undefined : shownRelease(newTree, hide);
  const found =
    before && after
      ? [
          ...differences(before.release, after.release, ['release']),
          ...differences(before.values, after.values, ['values'], emptyChartValues),
        ]
      : [];
  const shown = newTree ?? oldTree;
  const release = {
    name: textAt(shown, 'name') ?? '',
    namespace: textAt(shown, 'namespace') ?? 'default',
    ...(before && { before: before.values }),
    ...(after && { after: after.values }),
  };
  return {
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
    release,
    objects: objectsOf(release),
    differences: found,
    versions: [...chartVersion(before?.release, after?.release), ...imageVersions(found)],
  };
}

function shownRelease(tree: Tree, hide: Hide): ReleaseTree {
  const { release, values } = releaseTree(tree);
  return { release: hide(release), values: hide(hideSecretObjects(values)) };
}
