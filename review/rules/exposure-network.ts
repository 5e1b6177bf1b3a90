import { Hidden, inline, isBranch, isEmpty, type Tree, valuesAt } from '../change/tree.ts';
import { attributes, derived, pair, resources, values } from './look.ts';
import { allowances, anyPeer } from './network-policy.ts';
import { azureStores, stack } from './parts.ts';
import type { Rule } from './rule.ts';
import { added, always, becomes, leaves, unrestricted, widened } from './when.ts';

const { vault, storage, registry, cluster } = azureStores;
const policy = 'kubernetes_network_policy_v1';
const service = 'kubernetes_service_v1';

/** Annotations that make a load balancer internal, each with the necessary value in lower case. */
const internalAnnotations: Readonly<Record<string, string>> = {
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  'networking.gke.io/load-balancer-type': 'internal',
  'cloud.google.com/load-balancer-type': 'internal',
  'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
};

const balancers = derived(`\`spec.type\` and the annotations of \`${service}\``, ({ type, before, after }) =>
  type === service ? [pair(['spec', 'type'], exposed(before), exposed(after))] : [],
);

function exposed(tree: Parameters<typeof valuesAt>[0]): string | undefined {
  const [kind] = valuesAt(tree, 'spec.type');
  if (kind !== 'LoadBalancer' && kind !== 'NodePort') return kind === undefined ? undefined : 'internal';
  const [annotations] = valuesAt(tree, 'metadata.annotations');
  if (annotations instanceof Hidden) return 'public';
  return isBranch(annotations) &&
    Object.entries(internalAnnotations).some(
      ([name, value]) => String(annotations[name]).toLowerCase() === value,
    )
    ? 'internal'
    : 'public';
}

/** Terraform arguments in which an empty list allows every IP address. */
const emptyIsOpen = ['authorized_ip_ranges', 'load_balancer_source_ranges'];

/** Returns true for a `/0` or `/1` range. Two `/1` ranges together contain all addresses. */
function isEveryAddress(range: Tree | undefined): boolean {
  return typeof range === 'string' && /^(?:0\.0\.0\.0|[\d.]+\/[01]|[0:]+\/0|[\da-f:]+::?\/1)$/i.test(range);
}

export const networkRules: readonly Rule[] = [
  {
    id: 'network-policy-removed',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A network policy is removed',
    looksAt: [resources([policy], 'destroy', 'replace', 'forget')],
    when: (_, { name, action }) => (action === 'replace' ? `${name} is absent during the replacement` : name),
    reason: 'If no remaining policy selects a pod, the pod accepts connections from every other pod.',
    remedy: 'Confirm that the pods of the policy are removed too, or that another policy selects them.',
  },
  {
    id: 'network-policy-opened',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A network policy allows more connections',
    looksAt: [allowances('ingress')],
    when: (found, change) =>
      change.action === 'update' && added(found, change) ? String(found.after) : undefined,
    reason: 'More clients can reach the pods. The policies are the only barrier between the namespaces.',
    remedy: 'Name the clients by the labels of their namespace and of their pods, and only the needed port.',
  },
  {
    id: 'network-policy-for-anyone',
    tier: 'review',
    concern: 'exposure',
    title: 'A new network policy allows connections from anyone',
    looksAt: [allowances('ingress')],
    when: (found, { action }) =>
      action === 'create' && String(found.after).includes(anyPeer) ? String(found.after) : undefined,
    reason:
      'The policy allows every client. Therefore the program in the pod must check its clients itself. A webhook needs this kind of policy, because a policy cannot select the API server.',
    remedy: 'Confirm that the listener requires a certificate, a token or a login.',
  },
  {
    id: 'egress-opened',
    tier: 'review',
    concern: 'exposure',
    title: 'A network policy allows more outgoing connections',
    looksAt: [allowances('egress')],
    when: (found, change) =>
      change.action === 'update' && added(found, change) ? String(found.after) : undefined,
    reason: 'A pod that an attacker controls can then send data to more places.',
    remedy: 'Name the peer by its labels or by its address range.',
  },
  {
    id: 'public-service',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A Service gets a public address',
    looksAt: [balancers],
    when: ({ before, after }, { name }) =>
      after === 'public' && before !== 'public'
        ? `${name} has a load balancer without an internal annotation`
        : undefined,
    reason: 'Clients on the internet can connect to the Service.',
    remedy:
      'Add the annotation of the platform for an internal load balancer (docs/deploy-other-clusters.md).',
  },
  {
    id: 'public-chart-service',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A Service of a chart is reachable from outside the cluster',
    looksAt: [
      values(
        [stack],
        'prometheus.service.type',
        'alertmanager.service.type',
        'grafana.service.type',
        'prometheusOperator.service.type',
      ),
      values(['pushgateway', 'nats'], 'service.type', 'service.merge.spec.type'),
    ],
    when: becomes('LoadBalancer', 'NodePort'),
    reason:
      'On many clouds, the load balancer of a chart has a public address by default. A node port is open on every node of the cluster.',
    remedy: 'Use the internal load balancer of the platform, or a port-forward (docs/user-interfaces.md).',
  },
  {
    id: 'ingress-added',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'An ingress publishes a program',
    looksAt: [
      values(
        [stack],
        'grafana.ingress.enabled',
        'prometheus.ingress.enabled',
        'alertmanager.ingress.enabled',
      ),
      values(['pushgateway', 'airflow'], 'ingress.enabled', 'ingress.web.enabled'),
    ],
    when: becomes(true),
    reason:
      'Every client that can reach the ingress controller can reach the published program. Prometheus and Alertmanager require no login.',
    remedy: 'Confirm that the ingress controller is internal, and that the program has a login.',
  },
  {
    id: 'operator-range-widened',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'More addresses may connect',
    looksAt: [
      attributes([cluster], 'api_server_access_profile.authorized_ip_ranges'),
      attributes([vault], 'network_acls.ip_rules'),
      attributes([storage], 'network_rules.ip_rules'),
      attributes([registry], 'network_rule_set.ip_rule'),
      attributes([service], 'spec.load_balancer_source_ranges'),
    ],
    when: (found, change) => {
      if (change.action !== 'update') return undefined;
      if (!emptyIsOpen.includes(found.path.at(-1) ?? '')) return widened(found, change);
      return isEmpty(found.before) ? undefined : (widened(found, change) ?? unrestricted(found, change));
    },
    reason: 'The ranges are the outer barrier of the API server, the vault, the storage or the receiver.',
    remedy: 'Name only the addresses of the operators or of the edges, with the longest prefix that works.',
  },
  {
    id: 'open-to-the-internet',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'Every address of the internet may connect',
    looksAt: [
      attributes([cluster], 'api_server_access_profile.authorized_ip_ranges.*'),
      attributes([vault], 'network_acls.ip_rules.*'),
      attributes([storage], 'network_rules.ip_rules.*'),
      attributes([service], 'spec.load_balancer_source_ranges.*'),
      attributes([policy], 'spec.ingress.from.ip_block.cidr'),
    ],
    when: ({ before, after }) =>
      isEveryAddress(after) && !isEveryAddress(before) ? `${inline(before)} → ${inline(after)}` : undefined,
    reason: 'The range contains every address, therefore the range excludes no client.',
    remedy: 'Name the ranges of the clients.',
  },
  {
    id: 'firewall-off',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A firewall of Azure accepts every network',
    looksAt: [
      attributes([vault], 'network_acls.default_action'),
      attributes([storage], 'network_rules.default_action'),
      attributes([registry], 'network_rule_set.default_action'),
    ],
    when: becomes('Allow'),
    reason: 'Every network can then reach the login of the service.',
    remedy: 'Keep `Deny`, and name the ranges and the subnets that may connect.',
  },
  {
    id: 'public-network-access',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'An Azure service accepts connections from the public network',
    looksAt: [
      attributes(
        [vault, storage, registry, azureStores.metrics, azureStores.logs],
        'public_network_access_enabled',
        'internet_ingestion_enabled',
        'internet_query_enabled',
      ),
    ],
    when: (found, change) => (change.action === 'update' ? becomes(true)(found, change) : undefined),
    reason: 'The private endpoint is no longer the only way to the service.',
    remedy: 'Keep `false`, and use the private endpoint.',
  },
  {
    id: 'api-server-public',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'The API server of the cluster loses a barrier',
    looksAt: [attributes([cluster], 'private_cluster_enabled', 'api_server_access_profile')],
    when: (found, change) =>
      change.action === 'update' ? (leaves(true)(found, change) ?? lost(found)) : undefined,
    reason: 'The API server is then reachable from every address.',
    remedy: 'Keep the private cluster or the ranges of the operators.',
  },
  {
    id: 'private-endpoint-removed',
    tier: 'dangerous',
    concern: 'exposure',
    title: 'A private endpoint is removed',
    looksAt: [resources(['azurerm_private_endpoint'], 'destroy', 'replace')],
    when: always,
    reason:
      'Clients in the virtual network lose the private connection to the Azure service. New connections of these clients fail, or use the public network.',
    remedy: 'Keep the private endpoint as long as a client uses the endpoint.',
  },
];

function lost({ path, before, after }: Parameters<Rule['when']>[0]): string | undefined {
  return path.at(-1) === 'api_server_access_profile' && !isEmpty(before) && isEmpty(after)
    ? 'the ranges of the operators are removed'
    : undefined;
}
