import type { Plan } from '../../review/plan/read-plan.ts';
import { type Draft, type DraftAction, draftChange, planWith } from './draft-plan.ts';
import { recorded } from './recorded.ts';

/** The resources in the three recorded plans that create the environment `local`. */
const resources = (['create-local-monitoring', 'create-local-workloads', 'create-local-federation'] as const)
  .map(recorded)
  .flatMap(({ stack, resource_changes: changes }) =>
    changes.map(({ type, name, change }) => ({ stack, type, name, values: change.after as Draft })),
  );

type Edit = (values: Draft) => void;

export function releaseChange(release: string, edit: Edit, first: Edit = () => undefined): Plan {
  const [name, namespace] = release.split('/');
  const found = resources.find(
    ({ type, values }) =>
      type === 'helm_release' && values.name === name && (!namespace || values.namespace === namespace),
  );
  if (!found) throw new Error(`no recorded release ${release}`);
  const before = edited(found.values, first);
  return planWith(found.stack, [draftChange(found.type, found.name, 'update', before, edited(before, edit))]);
}

export function releaseAction(release: string, action: DraftAction, edit: Edit = () => undefined): Plan {
  const [name, namespace] = release.split('/');
  const found = resources.find(
    ({ type, values }) =>
      type === 'helm_release' && values.name === name && (!namespace || values.namespace === namespace),
  );
  if (!found) throw new Error(`no recorded release ${release}`);
  return planWith(found.stack, [
    draftChange(found.type, found.name, action, found.values, edited(found.values, edit)),
  ]);
}

export function releaseAttributes(release: string, edit: Edit): Plan {
  const found = resources.find(({ type, values }) => type === 'helm_release' && values.name === release);
  if (!found) throw new Error(`no recorded release ${release}`);
  const after = structuredClone(found.values);
  edit(after);
  return planWith(found.stack, [draftChange(found.type, found.name, 'update', found.values, after)]);
}

export function resourceChange(
  type: string,
  object: string,
  action: DraftAction,
  edit: Edit = () => undefined,
  first: Edit = () => undefined,
): Plan {
  const found = resources.find(({ type: other, values }) => {
    const [metadata] = values.metadata ?? [];
    return other === type && metadata && `${metadata.namespace ?? ''}/${metadata.name}` === object;
  });
  if (!found) throw new Error(`no recorded ${type} ${object}`);
  const before = structuredClone(found.values);
  first(before);
  const after = structuredClone(before);
  edit(after);
  return planWith(found.stack, [draftChange(type, found.name, action, before, after)]);
}

function edited(release: Draft, edit: Edit): Draft {
  const values = JSON.parse(release.values[0]);
  edit(values);
  return { ...release, values: [JSON.stringify(values)] };
}
