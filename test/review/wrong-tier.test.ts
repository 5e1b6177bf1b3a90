import { describe, expect, it } from 'vitest';
import type { Plan } from '../../review/plan/read-plan.ts';
import { reviewPlans } from '../../review/review.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { releaseChange, resourceChange } from './local-change.ts';

const stack = 'kube-prometheus-stack';
const networkPolicy = 'kubernetes_network_policy_v1';

function findings(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reviewPlans([plan]).stacks.flatMap(({ changes }) =>
      changes.flatMap((change) => change.findings.map(({ id, tier }) => [id, tier])),
    ),
  );
}

const one = (type: string, action: 'create' | 'update', before: Draft, after: Draft) =>
  planWith('s', [draftChange(type, 'a', action, before, after)]);

const service = (annotations: Draft, ranges: Draft = ['203.0.113.0/28']) => ({
  metadata: [{ name: 'a', namespace: 'n', annotations }],
  spec: [{ type: 'LoadBalancer', load_balancer_source_ranges: ranges }],
});
const azure = 'service.beta.kubernetes.io/azure-load-balancer-internal';
const aws = 'service.beta.kubernetes.io/aws-load-balancer-scheme';

const policyOf = (spec: Draft) => ({
  metadata: [{ name: 'a', namespace: 'n' }],
  spec: [{ pod_selector: [{ match_labels: { app: 'x' } }], policy_types: ['Ingress'], ingress: [], ...spec }],
});
const cidr = (block: Draft) => [{ from: [{ ip_block: [block] }], ports: [] }];

const compactor = (retention: string) => ({
  metadata: [{ name: 'a', namespace: 'thanos' }],
  spec: [
    {
      template: [
        { spec: [{ container: [{ name: 'c', args: [`--retention.resolution-raw=${retention}`] }] }] },
      ],
    },
  ],
});

const backupPolicy = 'azurerm_data_protection_backup_policy_kubernetes_cluster';
const keeps = (duration: string) => ({ default_retention_rule: [{ life_cycle: [{ duration }] }] });
const registryOf = (...ranges: readonly string[]) => ({
  network_rule_set: [{ ip_rule: ranges.map((ip_range) => ({ action: 'Allow', ip_range })) }],
  tags: { ranges: String(ranges.length) },
});
const apiServer = (ranges: Draft) => ({ api_server_access_profile: [{ authorized_ip_ranges: ranges }] });

const binding = {
  metadata: [{ name: 'a' }],
  role_ref: [{ api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }],
  subject: [{ kind: 'ServiceAccount', name: 'x', namespace: 'n' }],
};

describe('a dangerous change', () => {
  it.each<[what: string, rule: string, plan: () => Plan]>([
    [
      'a network policy that allows everyone with an empty block',
      'network-policy-opened',
      () => one(networkPolicy, 'update', policyOf({}), policyOf({ ingress: [{ from: [], ports: [] }] })),
    ],
    [
      'a network policy that no longer restricts ingress',
      'network-policy-opened',
      () => one(networkPolicy, 'update', policyOf({}), policyOf({ policy_types: ['Egress'] })),
    ],
    [
      'a network policy that selects fewer pods',
      'network-policy-opened',
      () =>
        one(
          networkPolicy,
          'update',
          policyOf({}),
          policyOf({ pod_selector: [{ match_labels: { app: 'y' } }] }),
        ),
    ],
    [
      'a range of a network policy without its exception',
      'network-policy-opened',
      () =>
        one(
          networkPolicy,
          'update',
          policyOf({ ingress: cidr({ cidr: '10.0.0.0/8', except: ['10.9.0.0/16'] }) }),
          policyOf({ ingress: cidr({ cidr: '10.0.0.0/8', except: [] }) }),
        ),
    ],
    [
      'half of the internet',
      'open-to-the-internet',
      () => one(networkPolicy, 'create', null, policyOf({ ingress: cidr({ cidr: '0.0.0.0/1' }) })),
    ],
    [
      'a load balancer with the value false of the internal annotation',
      'public-service',
      () =>
        one('kubernetes_service_v1', 'update', service({ [azure]: 'true' }), service({ [azure]: 'false' })),
    ],
    [
      'a new load balancer that faces the internet',
      'public-service',
      () => one('kubernetes_service_v1', 'create', null, service({ [aws]: 'internet-facing' })),
    ],
    ...[[], null].map((ranges): [string, string, () => Plan] => [
      `a load balancer with the source ranges ${JSON.stringify(ranges)}`,
      'operator-range-widened',
      () =>
        one(
          'kubernetes_service_v1',
          'update',
          service({ [azure]: 'true' }),
          service({ [azure]: 'true' }, ranges),
        ),
    ]),
    [
      'a binding of Terraform to cluster-admin',
      'cluster-admin-bound',
      () => one('kubernetes_cluster_role_binding_v1', 'create', null, binding),
    ],
    [
      'a binding in a manifest to cluster-admin',
      'cluster-admin-bound',
      () =>
        one('kubernetes_manifest', 'create', null, {
          manifest: {
            kind: 'ClusterRoleBinding',
            metadata: { name: 'a' },
            roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
            subjects: [{ kind: 'Group', name: 'everyone' }],
          },
        }),
    ],
    [
      'an assignment of Owner by its id',
      'powerful-role-assigned',
      () =>
        one('azurerm_role_assignment', 'create', null, {
          role_definition_id:
            '/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
        }),
    ],
    [
      'a new custom role that may give rights to others',
      'powerful-custom-role',
      () =>
        one('azurerm_role_definition', 'create', null, {
          permissions: [{ actions: ['Microsoft.Authorization/roleAssignments/write'] }],
        }),
    ],
    [
      'a custom role that excludes less',
      'custom-role-widened',
      () =>
        one(
          'azurerm_role_definition',
          'update',
          { permissions: [{ actions: ['*/read'], not_actions: ['Microsoft.KeyVault/*/read'] }] },
          { permissions: [{ actions: ['*/read'], not_actions: [] }] },
        ),
    ],
    [
      'a custom role that gets one more assignable scope',
      'custom-role-widened',
      () =>
        one(
          'azurerm_role_definition',
          'update',
          { assignable_scopes: ['/subscriptions/1/resourceGroups/a'] },
          { assignable_scopes: ['/subscriptions/1/resourceGroups/a', '/subscriptions/1'] },
        ),
    ],
    [
      'a new access policy of a key vault',
      'vault-access-widened',
      () => one('azurerm_key_vault_access_policy', 'create', null, { secret_permissions: ['Get'] }),
    ],
    [
      'an access policy inside a key vault',
      'vault-access-widened',
      () =>
        one(
          'azurerm_key_vault',
          'update',
          { name: 'v', access_policy: [] },
          { name: 'v', access_policy: [{ object_id: 'o', key_permissions: ['Decrypt'] }] },
        ),
    ],
    [
      'a public address of a load balancer that only the apply knows',
      'public-address-attached',
      () =>
        planWith('s', [
          draftChange(
            'azurerm_lb',
            'l',
            'update',
            { frontend_ip_configuration: [{ name: 'f', public_ip_address_id: '' }] },
            { frontend_ip_configuration: [{ name: 'f' }] },
            { frontend_ip_configuration: [{ public_ip_address_id: true }] },
          ),
        ]),
    ],
    [
      'a volume claim of the type without a version that is destroyed',
      'volume-claim-destroyed',
      () =>
        planWith('s', [
          draftChange('kubernetes_persistent_volume_claim', 'c', 'delete', { metadata: [] }, null),
        ]),
    ],
    [
      'a volume of Prometheus that is set to {}',
      'volume-removed',
      () =>
        releaseChange(stack, (values) => {
          values.prometheus.prometheusSpec.storageSpec = {};
        }),
    ],
    [
      'a volume of the Pushgateway without its switch',
      'volume-disabled',
      () => releaseChange('pushgateway', (values) => delete values.persistentVolume.enabled),
    ],
    [
      'a volume size with an exponent',
      'volume-shrunk',
      () =>
        releaseChange(stack, (values) => {
          values.prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage =
            '1e9';
        }),
    ],
    [
      'a first limit of the size of the samples',
      'retention-size-cut',
      () =>
        releaseChange(
          stack,
          (values) => {
            values.prometheus.prometheusSpec.retentionSize = '1GB';
          },
          (values) => delete values.prometheus.prometheusSpec.retentionSize,
        ),
    ],
    [
      'a first end of the retention of Thanos',
      'thanos-retention-cut',
      () => one('kubernetes_stateful_set_v1', 'update', compactor('0d'), compactor('30d')),
    ],
    [
      'a first end of a retention of Thanos that was 0 without a unit',
      'thanos-retention-cut',
      () => one('kubernetes_stateful_set_v1', 'update', compactor('0'), compactor('30d')),
    ],
    [
      'a shorter retention of backups, in years and days',
      'backup-retention-cut',
      () => one(backupPolicy, 'update', keeps('P1Y'), keeps('P30D')),
    ],
    [
      'TLS of NATS without its switch',
      'nats-tls-off',
      () => releaseChange('nats/nats', (values) => delete values.config.nats.tls.enabled),
    ],
    [
      'the TLS configuration of Prometheus that is set to null',
      'tls-configuration-removed',
      () =>
        releaseChange(stack, (values) => {
          values.prometheus.prometheusSpec.web.tlsConfig = null;
        }),
    ],
    [
      'a receiver that loses its only route',
      'route-loses-severity',
      () =>
        releaseChange(
          stack,
          (values) => values.alertmanager.config.route.routes.pop(),
          (values) => {
            values.alertmanager.config.route ??= {};
            values.alertmanager.config.route.routes ??= [];
            values.alertmanager.config.route.routes.push({
              receiver: 'team',
              matchers: ['severity = "critical"'],
            });
          },
        ),
    ],
  ])('is reported: %s (rule %s)', (_, rule, plan) => {
    expect(['dangerous', 'irreversible']).toContain(findings(plan())[rule]);
  });

  it.each<[what: string, plan: () => Plan]>([
    [
      'a dashboard that loses the label of Grafana',
      () =>
        one(
          'kubernetes_config_map_v1',
          'update',
          { metadata: [{ name: 'a', labels: { grafana_dashboard: '1', team: 'x' } }], data: { a: '{}' } },
          { metadata: [{ name: 'a', labels: { team: 'x' } }], data: { a: '{}' } },
        ),
    ],
    [
      'an image tag with a new suffix such as `-evil`',
      () =>
        resourceChange('kubernetes_deployment_v1', 'nats/usdt-exporter', 'update', (object) => {
          const [container] = object.spec[0].template[0].spec[0].container;
          container.image = container.image.replace(/:[^:]*$/, ':1.0.1-evil');
        }),
    ],
  ])('is not rated `safe`: %s', (_, plan) => {
    expect(reviewPlans([plan()]).tier).not.toBe('safe');
  });

  it('is found also in YAML that has a merge key (`<<`) or the same key twice', () => {
    const values = (text: string) => ({ name: 'pushgateway', namespace: 'n', values: [text] });
    const before = values('persistentVolume:\n  enabled: true\n');
    for (const text of [
      'base: &base\n  enabled: false\npersistentVolume:\n  <<: *base\n',
      'persistentVolume:\n  enabled: true\n  enabled: false\n',
    ]) {
      expect(findings(one('helm_release', 'update', before, values(text)))['volume-disabled']).toBe(
        'irreversible',
      );
    }
  });
});

describe('a harmless change', () => {
  it.each<[what: string, rule: string, plan: () => Plan]>([
    [
      'a longer retention of backups, in days and years',
      'backup-retention-cut',
      () => one(backupPolicy, 'update', keeps('P30D'), keeps('P1Y')),
    ],
    [
      'a registry that allows fewer IP ranges',
      'operator-range-widened',
      () =>
        one(
          'azurerm_container_registry',
          'update',
          registryOf('203.0.113.0/28', '198.51.100.0/28'),
          registryOf('203.0.113.0/28'),
        ),
    ],
    [
      'the first allowed IP ranges of an API server that was open',
      'operator-range-widened',
      () => one('azurerm_kubernetes_cluster', 'update', apiServer(null), apiServer(['203.0.113.0/28'])),
    ],
  ])('is not reported as dangerous: %s', (_, rule, plan) => {
    expect(Object.keys(findings(plan()))).not.toContain(rule);
  });
});
