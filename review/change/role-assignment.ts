import type { Plan } from '../plan/read-plan.ts';
import { hideSensitive } from './hide.ts';
import { readableName } from './name.ts';
import { withoutTexts } from './sensitive-texts.ts';
import { type Tree, textAt } from './tree.ts';

/** @param texts sensitive texts to hide */
export function roleAssignmentName(
  plan: Plan,
  address: string,
  tree: Tree | undefined,
  texts: readonly string[],
): string {
  const role =
    textAt(tree, 'role_definition_name') ?? lastOfId(textAt(tree, 'role_definition_id')) ?? 'an unknown role';
  const kind = (textAt(tree, 'principal_type') ?? 'principal')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const principal = textAt(tree, 'principal_id');
  const to =
    referenced(plan, address, 'principal_id', texts) ?? (principal ? `${kind} ${principal}` : `a ${kind}`);
  const on =
    referenced(plan, address, 'scope', texts) ?? lastOfId(textAt(tree, 'scope')) ?? 'an unknown scope';
  return `role ${role} for ${to} on ${on}`;
}

/** Returns the readable name of the referenced resource. Undefined if the argument is a constant. */
function referenced(
  plan: Plan,
  address: string,
  argument: string,
  texts: readonly string[],
): string | undefined {
  const configured = plan.configuration?.root_module?.resources.find(
    (resource) => resource.address === address,
  );
  const expression = configured?.expressions?.[argument] as { readonly references?: unknown } | undefined;
  const [reference] = Array.isArray(expression?.references) ? expression.references : [];
  if (typeof reference !== 'string') return undefined;
  const target = plan.resource_changes.find(
    (resource) => reference === resource.address || reference.startsWith(`${resource.address}.`),
  );
  if (!target) return reference;
  const { after, before, after_sensitive: marks, before_sensitive: oldMarks } = target.change;
  const shown = after ? hideSensitive(after, marks) : hideSensitive(before, oldMarks);
  const name = readableName(target.type, withoutTexts(shown, texts), target.address);
  const attribute = reference.slice(target.address.length + 1).replace(/\[.*|\..*/g, '');
  return attribute === 'kubelet_identity' ? `the kubelet of ${name}` : name;
}

/** The last type and name in an Azure id, such as `registries monitoringprodacr`. */
function lastOfId(id: string | undefined): string | undefined {
  const parts = id?.split('/').filter((part) => part !== '');
  return parts && parts.length > 1 ? parts.slice(-2).join(' ') : id;
}
