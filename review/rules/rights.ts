import type { Change } from '../change/change.ts';
import { isBranch, type Tree, valuesAt } from '../change/tree.ts';
import { attributes, derived, keyAnywhere, resources, texts } from './look.ts';
import type { Look, Rule } from './rule.ts';
import { added, always, becomes } from './when.ts';

/** Built-in Azure roles that have many rights. The ID of each role is the same in every Azure tenant. */
const powerfulRoles = [
  { roleName: 'Owner', roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' },
  { roleName: 'Contributor', roleId: 'b24988ac-6180-42a0-ab88-20f7382dd24c' },
  { roleName: 'User Access Administrator', roleId: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9' },
  { roleName: 'Role Based Access Control Administrator', roleId: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168' },
  { roleName: 'Key Vault Administrator', roleId: '00482a5a-887f-4fb3-b363-3b7fe8e74483' },
  { roleName: 'Azure Kubernetes Service RBAC Cluster Admin', roleId: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b' },
  { roleName: 'Azure Kubernetes Service Cluster Admin Role', roleId: '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8' },
];

function isPowerful(assignment: Tree | undefined): boolean {
  const texts = (key: string) => valuesAt(assignment, key).map((text) => String(text).toLowerCase());
  return (
    texts('role_definition_name').some((name) =>
      powerfulRoles.some(({ roleName }) => roleName.toLowerCase() === name),
    ) || texts('role_definition_id').some((id) => powerfulRoles.some(({ roleId }) => id.endsWith(roleId)))
  );
}

const roleTypes = ['kubernetes_role_v1', 'kubernetes_cluster_role_v1'];
const bindingTypes = ['kubernetes_role_binding_v1', 'kubernetes_cluster_role_binding_v1'];

/** Each right of a role, as `verb resource` or `verb resource of group`. */
const rights: Look = derived(
  `each right of ${roleTypes.map((type) => `\`${type}\``).join(', ')}`,
  ({ type, before, after }) =>
    roleTypes.includes(type) ? texts(rightsOf(before), rightsOf(after), ['rule']) : [],
);

function rightsOf(role: Tree | undefined): readonly string[] {
  return valuesAt(role, 'rule').flatMap((rule) => {
    const of = (...names: readonly string[]) => names.flatMap((name) => valuesAt(rule, name)).map(String);
    const groups = of('api_groups');
    const names = of('resources', 'non_resource_urls');
    return names.flatMap((name) =>
      of('verbs').map(
        (verb) => `${verb} ${name}${groups.some((group) => group !== '') ? ` of ${groups.join(', ')}` : ''}`,
      ),
    );
  });
}

/** A service account with one of these rights can read secrets, or give itself more rights. */
const powerfulRight =
  /^(?:\* |\w+ \*|(?:get|list|watch|create|update|patch) secrets\b|(?:bind|escalate|impersonate) |create (?:pods\/exec|serviceaccounts\/token)|(?:create|update|patch) (?:cluster)?rolebindings)/;

const isNew = ({ action }: Change) => action === 'create';

export const rightsRules: readonly Rule[] = [
  {
    id: 'powerful-role-assigned',
    tier: 'dangerous',
    concern: 'rights',
    title: 'A powerful role of Azure is assigned',
    looksAt: [resources(['azurerm_role_assignment'], 'create', 'replace')],
    when: ({ after }, { name }) => (isPowerful(after) ? name : undefined),
    reason: 'The principal can change or delete everything in the scope, or give rights to others.',
    remedy: 'Assign the narrowest role that works, on the narrowest scope.',
  },
  {
    id: 'role-assigned',
    tier: 'review',
    concern: 'rights',
    title: 'A role of Azure is assigned',
    looksAt: [resources(['azurerm_role_assignment'], 'create', 'replace')],
    when: ({ after }, { name }) => (isPowerful(after) ? undefined : name),
    reason: 'The principal gets a right that it did not have.',
    remedy: 'Confirm the role, the principal and the scope.',
  },
  {
    id: 'role-removed',
    tier: 'review',
    concern: 'rights',
    title: 'A role assignment of Azure is removed',
    looksAt: [resources(['azurerm_role_assignment'], 'destroy')],
    when: always,
    reason: 'The program that uses the role stops with "403 Forbidden" at its next call.',
    remedy: 'Confirm that no program uses the role any more.',
  },
  {
    id: 'powerful-right-in-cluster',
    tier: 'dangerous',
    concern: 'rights',
    title: 'A role of Kubernetes gets a powerful right',
    looksAt: [rights],
    when: (pair, change) =>
      added(pair, change) && powerfulRight.test(String(pair.after)) ? String(pair.after) : undefined,
    reason:
      'A program with this right can read secrets, or take every other right in the namespace or the cluster.',
    remedy: 'Name the resources and the verbs that the program needs.',
  },
  {
    id: 'right-in-cluster',
    tier: 'review',
    concern: 'rights',
    title: 'A role of Kubernetes gets a right',
    looksAt: [rights],
    when: (pair, change) =>
      !isNew(change) && added(pair, change) && !powerfulRight.test(String(pair.after))
        ? String(pair.after)
        : undefined,
    reason: 'The service account can do more in the namespace or the cluster.',
    remedy: 'Confirm that the program needs the right.',
  },
  {
    id: 'cluster-admin-bound',
    tier: 'dangerous',
    concern: 'rights',
    title: 'A subject becomes administrator of the cluster',
    looksAt: [
      derived(
        `the role of ${bindingTypes.map((type) => `\`${type}\``).join(', ')}`,
        ({ type, before, after }) =>
          bindingTypes.includes(type) ? texts(boundTo(before), boundTo(after), []) : [],
      ),
    ],
    when: (pair, change) => (added(pair, change) ? `cluster-admin for ${String(pair.after)}` : undefined),
    reason: 'The subject can do everything in the cluster.',
    remedy: 'Bind a role with the needed rights.',
  },
  {
    id: 'service-account-token',
    tier: 'review',
    concern: 'rights',
    title: 'A pod gets a token of the API server',
    looksAt: [keyAnywhere('automountServiceAccountToken', 'automount_service_account_token')],
    when: (pair, change) => (change.action === 'create' ? undefined : becomes(true)(pair, change)),
    reason: 'A program with a fault can then use the rights of its service account.',
    remedy: 'Disable the token mount for a program that does not call the API server.',
  },
  {
    id: 'identity-trusted',
    tier: 'review',
    concern: 'rights',
    title: 'An identity of Azure trusts another issuer or subject',
    looksAt: [
      attributes(['azurerm_federated_identity_credential'], 'subject', 'issuer'),
      attributes(['azurerm_kubernetes_cluster_trusted_access_role_binding'], 'roles'),
    ],
    when: ({ before, after }) =>
      after !== undefined && JSON.stringify(before) !== JSON.stringify(after)
        ? `now ${String(after)}`
        : undefined,
    reason: 'The pods or the service of the subject can use every role of the identity.',
    remedy: 'Confirm the issuer, the namespace and the name of the service account.',
  },
  {
    id: 'administrators-changed',
    tier: 'dangerous',
    concern: 'rights',
    title: 'The administrators of the cluster change',
    looksAt: [
      attributes(
        ['azurerm_kubernetes_cluster'],
        'azure_active_directory_role_based_access_control.admin_group_object_ids.*',
      ),
    ],
    when: (pair, change) =>
      change.action === 'update' && pair.before !== pair.after
        ? `group ${String(pair.after ?? pair.before)} is ${pair.after === undefined ? 'removed' : 'added'}`
        : undefined,
    reason:
      'The members of an added group get all rights in the cluster. The members of a removed group lose these rights.',
    remedy: 'Confirm the group in Entra. Keep at least one group that the operators can reach.',
  },
];

function boundTo(binding: Tree | undefined): readonly string[] {
  const [role] = valuesAt(binding, 'role_ref.name');
  if (role !== 'cluster-admin') return [];
  return valuesAt(binding, 'subject').map((subject) =>
    isBranch(subject) ? `${String(subject.kind)} ${String(subject.name)}` : 'an unknown subject',
  );
}
