/**
 * Kinds whose Terraform types exist with and without a version
 * (https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs).
 */
const versioned: readonly string[] = [
  'api_service',
  'certificate_signing_request',
  'cluster_role',
  'cluster_role_binding',
  'config_map',
  'cron_job',
  'csi_driver',
  'default_service_account',
  'deployment',
  'endpoints',
  'horizontal_pod_autoscaler',
  'ingress',
  'ingress_class',
  'job',
  'limit_range',
  'mutating_webhook_configuration',
  'namespace',
  'network_policy',
  'persistent_volume',
  'persistent_volume_claim',
  'pod',
  'pod_disruption_budget',
  'priority_class',
  'replication_controller',
  'resource_quota',
  'role',
  'role_binding',
  'secret',
  'service',
  'service_account',
  'stateful_set',
  'storage_class',
  'validating_webhook_configuration',
];

/** Maps `kubernetes_role` to `kubernetes_role_v1`. */
export const typeAliases: ReadonlyMap<string, string> = new Map([
  ...versioned.map((kind) => [`kubernetes_${kind}`, `kubernetes_${kind}_v1`] as const),
  ['kubernetes_daemonset', 'kubernetes_daemon_set_v1'],
]);

export function canonicalType(type: string): string {
  return typeAliases.get(type) ?? type;
}

/** The Terraform type of a Kubernetes kind: `NetworkPolicy` has `kubernetes_network_policy_v1`. */
export function typeOfKind(kind: string): string {
  return `kubernetes_${snakeCase(kind)}_v1`;
}

/** The name of an argument of Terraform for a field of Kubernetes: `hostPID` is `host_pid`. */
export function snakeCase(field: string): string {
  return field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
