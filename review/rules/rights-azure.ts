import { isBranch, type Tree, valuesAt } from '../change/tree.ts';
import { derived, texts } from './look.ts';
import { azureStores } from './parts.ts';
import type { Look, Pair, Rule, When } from './rule.ts';
import { added, gone } from './when.ts';

const { vault } = azureStores;
const roleDefinition = 'azurerm_role_definition';
const accessPolicy = 'azurerm_key_vault_access_policy';

const allowedActions: Look = derived(
  `each element of \`permissions.actions\`, \`permissions.data_actions\` of \`${roleDefinition}\``,
  (change) =>
    change.type === roleDefinition
      ? ['actions', 'data_actions'].flatMap((list) => elements(change, `permissions.${list}`))
      : [],
);

const excludedActions: Look = derived(
  `each element of \`permissions.not_actions\`, \`permissions.not_data_actions\` of \`${roleDefinition}\``,
  (change) =>
    change.type === roleDefinition
      ? ['not_actions', 'not_data_actions'].flatMap((list) => elements(change, `permissions.${list}`))
      : [],
);

const scopes: Look = derived(`each element of \`assignable_scopes\` of \`${roleDefinition}\``, (change) =>
  change.type === roleDefinition ? elements(change, 'assignable_scopes') : [],
);

function elements(
  { before, after }: { readonly before?: Tree; readonly after?: Tree },
  path: string,
): readonly Pair[] {
  const list = (tree: Tree | undefined) =>
    valuesAt(tree, path).map((element) => (typeof element === 'string' ? element : JSON.stringify(element)));
  return texts(list(before), list(after), path.split('.'));
}

function isPowerful(action: Tree | undefined): boolean {
  const text = String(action).toLowerCase();
  return (
    (text.includes('*') && !text.endsWith('/read')) ||
    /^microsoft\.authorization\/(?:roleassignments|roledefinitions|elevateaccess|locks|policy\w+)\/(?:write|delete|action)$/.test(
      text,
    )
  );
}

const vaultPermissions: Look = derived(
  `each permission in \`access_policy\` of \`${vault}\` and in \`${accessPolicy}\``,
  ({ type, before, after }) => {
    if (type === accessPolicy) return texts(permissionsOf(before), permissionsOf(after), []);
    const all = (tree: Tree | undefined) => valuesAt(tree, 'access_policy').flatMap(permissionsOf);
    return type === vault ? texts(all(before), all(after), ['access_policy']) : [];
  },
);

function permissionsOf(policy: Tree | undefined): readonly string[] {
  if (!isBranch(policy)) return [];
  const holder =
    typeof policy.object_id === 'string' ? policy.object_id : 'an identity known only after the apply';
  return ['secret', 'key', 'certificate', 'storage'].flatMap((kind) =>
    valuesAt(policy, `${kind}_permissions`).map(
      (permission) => `${String(permission)} ${kind}s for ${holder}`,
    ),
  );
}

/** No finding for a new vault, because a new vault contains no secrets. */
const notOfNewVault =
  (when: When): When =>
  (pair, change) =>
    change.type === vault && change.action === 'create' ? undefined : when(pair, change);

const found: When = (pair, change) => (added(pair, change) ? String(pair.after) : undefined);
const lost: When = (pair, change) => (gone(pair, change) ? String(pair.before) : undefined);

/** Custom roles of Azure, and access policies of key vaults. */
export const azureRightsRules: readonly Rule[] = [
  {
    id: 'powerful-custom-role',
    tier: 'dangerous',
    concern: 'rights',
    title: 'A custom role of Azure allows powerful actions',
    looksAt: [allowedActions],
    when: (pair, change) => (isPowerful(pair.after) ? found(pair, change) : undefined),
    reason:
      'A wildcard also allows the actions that Azure adds later. Everyone with the role can change much, or give rights to others.',
    remedy: 'Name the single actions that the program needs.',
  },
  {
    id: 'custom-role-widened',
    tier: 'dangerous',
    concern: 'rights',
    title: 'A custom role of Azure allows more',
    looksAt: [allowedActions, excludedActions, scopes],
    when: (pair, change) => {
      if (change.action === 'create') return undefined;
      const excludes = pair.path.at(-1)?.startsWith('not_') === true;
      if (excludes) {
        const text = lost(pair, change);
        return text && `${text} is no longer excluded`;
      }
      return isPowerful(pair.after) ? undefined : found(pair, change);
    },
    reason: 'Everyone who already has the role gets the right, without a new assignment.',
    remedy:
      'List the assignments of the role (`az role assignment list --role <name> --all`) before the deployment.',
  },
  {
    id: 'vault-access-widened',
    tier: 'dangerous',
    concern: 'rights',
    title: 'An access policy of a key vault allows more',
    looksAt: [vaultPermissions],
    when: notOfNewVault(found),
    reason:
      'The identity in the policy gets the new permission for the whole vault, for example for every secret.',
    remedy: 'Use role assignments (`rbac_authorization_enabled`), or give only the needed permission.',
  },
  {
    id: 'vault-access-removed',
    tier: 'review',
    concern: 'rights',
    title: 'An access policy of a key vault loses a permission',
    looksAt: [vaultPermissions],
    when: (pair, change) =>
      change.type === vault && change.action !== 'update' ? undefined : lost(pair, change),
    reason: 'The program that uses the permission stops with "403 Forbidden" at its next call.',
    remedy: 'Confirm that no program uses the permission any more.',
  },
];
