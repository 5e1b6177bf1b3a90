import type { Plan } from '../../../review/plan/read-plan.ts';
import { type Draft, type DraftAction, draftChange, planWith } from '../draft-plan.ts';
import { recorded } from '../recorded.ts';

/** A plan that changes the StatefulSet of the ingesters. */
export function thanosChange(action: DraftAction, edit: (spec: Draft) => void = () => undefined): Plan {
  const type = 'kubernetes_stateful_set_v1';
  const found = recorded('engine-prometheus-to-thanos-monitoring').resource_changes.find(
    (resource) => resource.type === type,
  );
  if (!found) throw new Error(`no recorded ${type}`);
  const before = found.change.after as Draft;
  const after = structuredClone(before);
  edit(after.spec[0]);
  return planWith('local-monitoring', [draftChange(type, found.name, action, before, after)]);
}

/** Replaces an argument of the ingesters, such as `--tsdb.retention=1d`. */
export function ingester(spec: Draft, argument: string): void {
  const [container] = spec.template[0].spec[0].container;
  const name = argument.slice(0, argument.indexOf('=') + 1);
  container.args = container.args.map((text: string) => (text.startsWith(name) ? argument : text));
}
