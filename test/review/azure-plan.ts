import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Plan, parsePlan } from '../../review/plan/read-plan.ts';
import { type Draft, type DraftAction, type DraftChange, draftChange, planWith } from './draft-plan.ts';

/** Recorded plans of the Azure stacks. `npm run test:plans -- --record <folder>` records new plans. */

const folder = join(import.meta.dirname, 'plans/azure');

export const azureStacks: readonly string[] = readdirSync(folder).map((file) => file.replace('.json.gz', ''));

export function azurePlan(stack: string): Plan {
  const text = gunzipSync(readFileSync(join(folder, `${stack}.json.gz`))).toString();
  return parsePlan(text, { stack, path: `${stack}.json` });
}

type Edit = (values: Draft) => void;

/** A recorded plan in which one resource changes. */
export function azureChange(
  stack: string,
  which: string | readonly [type: string, name: string],
  action: DraftAction,
  edit: Edit = () => undefined,
  first: Edit = () => undefined,
): Plan {
  const [type = '', wanted] = [which].flat();
  const plan = azurePlan(stack);
  const found = plan.resource_changes.find(({ type: other, name, change }) => {
    const { name: given, role_definition_name: role } = change.after as Draft;
    return other === type && (!wanted || [given, role, name].includes(wanted) || name.startsWith(wanted));
  });
  if (!found) throw new Error(`no ${type} ${wanted ?? ''} in ${stack}`);
  const before: Draft = structuredClone(found.change.after);
  first(before);
  const after = structuredClone(before);
  edit(after);
  const change: DraftChange = draftChange(
    type,
    found.name,
    action,
    before,
    after,
    action === 'create' ? (found.change.after_unknown as Draft) : {},
  );
  const others = plan.resource_changes
    .filter(({ address }) => address !== found.address)
    .map(({ type: other, name, change: { after: values } }) => {
      const unchanged = draftChange(other, name, 'update', values, values);
      return { ...unchanged, change: { ...unchanged.change, actions: ['no-op'] } };
    });
  return planWith(stack, [change, ...others], { configuration: plan.configuration });
}
