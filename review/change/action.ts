import type { ResourceChange } from '../plan/schema.ts';

export type Action = 'create' | 'update' | 'replace' | 'destroy' | 'forget';

export const actions: readonly Action[] = ['create', 'update', 'replace', 'destroy', 'forget'];

export const actionWords: Readonly<Record<Action, string>> = {
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  destroy: 'destroyed',
  forget: 'left without Terraform',
};

/** Returns undefined if Terraform changes nothing. */
export function actionOf({ change }: Pick<ResourceChange, 'change'>): Action | undefined {
  const has = (name: (typeof change.actions)[number]) => change.actions.includes(name);
  if (has('forget')) return 'forget';
  if (has('delete')) return has('create') ? 'replace' : 'destroy';
  if (has('create')) return 'create';
  return has('update') ? 'update' : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'the last apply of the resource failed',
  replace_because_cannot_update: 'a changed value cannot be updated in place',
  replace_by_request: 'the operator asked for the replacement',
  replace_by_triggers: 'a resource in replace_triggered_by changes',
  delete_because_no_resource_config: 'the stack no longer contains the resource',
  delete_because_no_module: 'the stack no longer contains the module',
  delete_because_wrong_repetition: 'the resource changed between count, for_each and a single object',
  delete_because_count_index: 'the count of the resource decreased',
  delete_because_each_key: 'for_each no longer contains the key of the resource',
  delete_because_no_move_target: 'the resource moved to a Terraform address that the stack does not contain',
};

export function reasonOf(action: string | undefined): string | undefined {
  return action !== undefined && Object.hasOwn(reasons, action) ? reasons[action] : undefined;
}
