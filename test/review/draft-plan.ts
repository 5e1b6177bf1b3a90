import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';
import { terraformOfPlans } from './terraform-version.ts';

// biome-ignore lint/suspicious/noExplicitAny: the values of resources have no common type
export type Draft = any;

export interface DraftChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Draft;
    readonly after: Draft;
    readonly after_unknown: Draft;
    readonly before_sensitive: Draft;
    readonly after_sensitive: Draft;
  };
  readonly action_reason?: string;
}

export type DraftAction = 'create' | 'update' | 'delete' | 'replace' | 'forget';

const actions: Readonly<Record<DraftAction, readonly string[]>> = {
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  replace: ['delete', 'create'],
  forget: ['forget'],
};

export function planText(changes: readonly DraftChange[], more: Draft = {}): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: terraformOfPlans,
    resource_changes: changes,
    complete: true,
    errored: false,
    ...more,
  });
}

export function planWith(stack: string, changes: readonly DraftChange[], more: Draft = {}): Plan {
  return parsePlan(planText(changes, more), { stack, path: `${stack}.json` });
}

export function draftChange(
  type: string,
  name: string,
  action: DraftAction,
  before: Draft,
  after: Draft,
  unknown: Draft = {},
): DraftChange {
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change: {
      actions: actions[action],
      before: action === 'create' ? null : before,
      after: action === 'delete' || action === 'forget' ? null : after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: false,
    },
  };
}
