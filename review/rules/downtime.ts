import { Hidden } from '../change/tree.ts';
import { anyValues, attributes, derived, objects, pair, resources, values } from './look.ts';
import { azureStores, nats, operatorWorkloads, stack, workloads } from './parts.ts';
import type { Rule } from './rule.ts';
import { always, changed, fewer, goneFromObject, smaller } from './when.ts';

const { cluster } = azureStores;
const certificates = ['Certificate', 'ClusterIssuer', 'Issuer'];

export const downtimeRules: readonly Rule[] = [
  {
    id: 'stopped',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'A program has no replica any more',
    looksAt: [
      attributes(workloads, 'spec.replicas'),
      values(
        [stack],
        'prometheus.prometheusSpec.replicas',
        'alertmanager.alertmanagerSpec.replicas',
        'grafana.replicas',
      ),
      objects(operatorWorkloads, 'spec.replicas'),
    ],
    when: (pair, change) => (Number(pair.after ?? 1) === 0 ? fewer(pair, change) : undefined),
    reason: 'The program stops.',
    remedy: 'Keep at least one replica, or remove the program with its scrape and its alerts.',
  },
  {
    id: 'fewer-replicas',
    tier: 'review',
    concern: 'downtime',
    title: 'A program has fewer replicas',
    looksAt: [
      attributes(workloads, 'spec.replicas'),
      values([stack], 'prometheus.prometheusSpec.replicas', 'alertmanager.alertmanagerSpec.replicas'),
      values([nats], 'config.cluster.replicas'),
      objects(operatorWorkloads, 'spec.replicas'),
    ],
    when: (pair, change) => (Number(pair.after ?? 1) === 0 ? undefined : fewer(pair, change)),
    reason: 'Fewer pods share the load, and one lost node can stop the program.',
    remedy:
      'Confirm that the remaining replicas can carry the load. If the replicas form a cluster, confirm that a majority of them remains.',
  },
  {
    id: 'workload-replaced',
    tier: 'review',
    concern: 'downtime',
    title: 'A program is removed and created again',
    looksAt: [
      resources(['kubernetes_deployment_v1', 'kubernetes_cron_job_v1', 'kubernetes_service_v1'], 'replace'),
    ],
    when: always,
    reason:
      'Terraform deletes the workload or the service, and then creates a new one. Scrapes and pushes fail until the creation is complete.',
    remedy: 'Deploy outside the hours in which jobs push.',
  },
  {
    id: 'disruption-budget-removed',
    tier: 'review',
    concern: 'downtime',
    title: 'A disruption budget is removed',
    looksAt: [resources(['kubernetes_pod_disruption_budget_v1'], 'destroy', 'replace')],
    when: always,
    reason: 'An upgrade of the nodes can then stop all pods of the program at once.',
    remedy: 'Confirm that the program is removed too.',
  },
  {
    id: 'memory-limit-cut',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'A program may use less memory',
    looksAt: [
      anyValues(
        'prometheus.prometheusSpec.resources.limits.memory',
        'alertmanager.alertmanagerSpec.resources.limits.memory',
        'grafana.resources.limits.memory',
        'container.merge.resources.limits.memory',
        'resources.limits.memory',
        '*.resources.limits.memory',
      ),
      objects(operatorWorkloads, 'spec.resources.limits.memory'),
      attributes(workloads, 'spec.template.spec.container.resources.limits.memory'),
    ],
    when: smaller,
    reason:
      'Above the limit the kernel stops the program. Prometheus reads its write-ahead log at each start and can stop again.',
    remedy: 'Compare the new limit with `container_memory_working_set_bytes` of the last week.',
  },
  {
    id: 'cluster-upgraded',
    tier: 'review',
    concern: 'downtime',
    title: 'The version of the cluster changes',
    looksAt: [attributes([cluster], 'kubernetes_version', 'sku_tier')],
    when: changed,
    reason:
      'Azure drains and replaces every node. Each program with one replica is down while its pod moves.',
    remedy: 'Check that the charts support the version (docs/upgrade.md).',
  },
  {
    id: 'node-pool-replaced',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'A node pool is destroyed or replaced',
    looksAt: [resources(['azurerm_kubernetes_cluster_node_pool'], 'destroy', 'replace')],
    when: always,
    reason:
      'All pods leave the pool. A pod stays pending while no other pool has the node labels that the pod needs.',
    remedy: 'Create the new pool first, drain the old pool, then remove it.',
  },
  {
    id: 'node-pool-smaller',
    tier: 'review',
    concern: 'downtime',
    title: 'A node pool gets other or fewer nodes',
    looksAt: [
      attributes(['azurerm_kubernetes_cluster_node_pool'], 'min_count', 'max_count'),
      attributes([cluster], 'default_node_pool.min_count', 'default_node_pool.max_count'),
    ],
    when: fewer,
    reason: 'Pods can stay pending if the remaining nodes have too little CPU or memory.',
    remedy: 'Compare the requests of all pods with the CPU and memory of the new pool.',
  },
  {
    id: 'network-changed',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'The network changes',
    looksAt: [
      attributes(['azurerm_virtual_network'], 'address_space.*'),
      attributes(['azurerm_subnet'], 'address_prefixes.*'),
    ],
    when: (pair, change) =>
      change.action !== 'create' && pair.before !== undefined && pair.after === undefined
        ? `${String(pair.before)} is removed`
        : undefined,
    reason: 'Addresses of nodes, load balancers or private endpoints in the old range stop working.',
    remedy: 'Add the new range first, and move the users of the old range.',
  },
  {
    id: 'ca-changed',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'A CA or an issuer of certificates changes',
    looksAt: [objects(['ClusterIssuer', 'Issuer']), objects(['Certificate'], 'spec.isCA', 'spec.commonName')],
    when: (pair, change) =>
      change.action === 'update' &&
      pair.before !== undefined &&
      JSON.stringify(pair.before) !== JSON.stringify(pair.after)
        ? (pair.path.findLast((key) => certificates.some((kind) => key.startsWith(kind))) ?? 'a certificate')
        : undefined,
    reason:
      'Programs with the old CA reject certificates of the new CA: scrapes, remote write and logins fail until all pods have the new CA.',
    remedy: 'Follow docs/replace-the-ca.md.',
  },
  {
    id: 'certificate-names-changed',
    tier: 'review',
    concern: 'downtime',
    title: 'The names or the lifetime of a certificate change',
    looksAt: [
      objects(['Certificate'], 'spec.dnsNames', 'spec.duration', 'spec.renewBefore', 'spec.secretName'),
    ],
    when: changed,
    reason:
      'The program gets a new certificate. If the new certificate does not contain the DNS name that a client verifies, the client cannot connect.',
    remedy: 'Confirm that the new certificate contains each DNS name that a client verifies.',
  },
  {
    id: 'certificate-removed',
    tier: 'dangerous',
    concern: 'downtime',
    title: 'A certificate is removed',
    looksAt: [objects(['Certificate'])],
    when: goneFromObject,
    reason:
      'The Secret of the certificate is no longer renewed. The program fails when the certificate expires.',
    remedy: 'Confirm that no pod mounts the Secret.',
  },
  {
    id: 'password-rotated',
    tier: 'review',
    concern: 'downtime',
    title: 'A secret gets a new value',
    looksAt: [
      attributes(['kubernetes_secret_v1'], 'data_wo_revision'),
      attributes(['azurerm_key_vault_secret'], 'value_wo_version'),
    ],
    when: changed,
    reason: 'Programs and people with the old value are rejected until they read the new value.',
    remedy: 'Restart the programs that read the secret (docs/secrets.md).',
  },
  {
    id: 'values-not-known',
    tier: 'review',
    concern: 'not known',
    title: 'The review cannot read the values of a Helm release',
    looksAt: [
      derived('the values of every release', ({ release }) =>
        release ? [pair(['values'], release.before, release.after)] : [],
      ),
    ],
    when: ({ after }) => (after instanceof Hidden ? after.text : undefined),
    reason: 'Terraform computes the values during the apply, or hides them because a part is sensitive.',
    remedy:
      'If the values depend on another stack, deploy that stack first, then plan again. If the values contain a secret, move the secret into a Kubernetes Secret.',
  },
];
