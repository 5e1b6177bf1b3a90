import type { Action } from './action.ts';
import type { Change, ObjectChange } from './change.ts';
import { differences } from './difference.ts';
import { snakeCase, typeOfKind } from './kubernetes-types.ts';
import { readableName } from './name.ts';
import { isBranch, isList, type Tree } from './tree.ts';

/** A Kubernetes object inside a release or a manifest, in the form of a Terraform change. */
export interface EmbeddedChange {
  readonly change: Change;
  outerPath(path: readonly string[]): readonly string[];
}

export function embeddedChanges(change: Change): readonly EmbeddedChange[] {
  return change.objects
    .filter(({ before, after }) => change.action === 'replace' || differ(before, after))
    .map((object) => embedded(change, object));
}

/** `JSON.stringify` hides the values of secrets. `differences` compares the real values. */
function differ(before: Tree | undefined, after: Tree | undefined): boolean {
  return JSON.stringify(before) !== JSON.stringify(after) || differences(before, after).length > 0;
}

function embedded(
  parent: Change,
  { path: at, kind, before: one, after: other }: ObjectChange,
): EmbeddedChange {
  const fields = new Map<string, string>();
  const [before, after] = [one, other].map((tree) => tree && terraformForm(tree, fields));
  const type = typeOfKind(kind);
  const change: Change = {
    stack: parent.stack,
    address: parent.address,
    type,
    embedded: true,
    action: actionOn(parent.action, before, after),
    name: readableName(type, after ?? before, parent.address),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    objects: [],
    differences: [],
    versions: [],
  };
  return { change, outerPath: (path) => [...at, ...path.map((key) => fields.get(key) ?? key)] };
}

function actionOn(parent: Action, before: Tree | undefined, after: Tree | undefined): Action {
  if (before === undefined) return 'create';
  if (after === undefined) return parent === 'forget' ? 'forget' : 'destroy';
  return parent === 'replace' ? 'replace' : 'update';
}

/** The author of an object chooses the keys of these fields. Therefore these keys are not renamed. */
const freeMaps = ['labels', 'annotations', 'matchLabels', 'data', 'stringData', 'binaryData', 'nodeSelector'];

const singular: Readonly<Record<string, string>> = {
  rules: 'rule',
  subjects: 'subject',
  containers: 'container',
  initContainers: 'init_container',
  volumes: 'volume',
  volumeMounts: 'volume_mount',
  volumeClaimTemplates: 'volume_claim_template',
};

/** Renames the fields as in Terraform: `volumeMounts` becomes `volume_mount`. */
function terraformForm(tree: Tree, fields: Map<string, string>): Tree {
  if (isList(tree)) return tree.map((element) => terraformForm(element, fields));
  if (!isBranch(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([field, child]) => {
      const name = Object.hasOwn(singular, field) ? (singular[field] as string) : snakeCase(field);
      if (name !== field) fields.set(name, field);
      return [name, freeMaps.includes(field) ? child : terraformForm(child, fields)];
    }),
  );
}
