import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { ClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { Prometheus } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Prometheus';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { ThanosRuler } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ThanosRuler';
import { PrometheusAgent } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/PrometheusAgent';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Synthesized } from './synthesis.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: manifests of different kinds have no common type
  readonly [field: string]: any;
}

/** Each model is imported separately, because the import of all models takes seconds. */
const models: readonly object[] = [
  Certificate,
  ClusterIssuer,
  Secret,
  StatefulSet,
  ThanosRuler,
  Prometheus,
  PodMonitor,
  PrometheusRule,
  ServiceMonitor,
  PrometheusAgent,
  Deployment,
  CronJob,
  NetworkPolicy,
  PodDisruptionBudget,
  Role,
  RoleBinding,
  ConfigMap,
  Namespace,
  Service,
  ServiceAccount,
];

interface Model {
  new (data: object): { validate(): void };
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Checks a manifest against the published schema.
 * @throws Error with the mistake in the manifest
 */
export function validate(manifest: Manifest): void {
  const { apiVersion, kind } = manifest;
  const Model = (models as Model[]).find((model) => model.apiVersion === apiVersion && model.kind === kind);
  if (!Model) throw new Error(`no model of ${apiVersion} ${kind}`);
  new Model(withKindOfClaim(manifest)).validate();
}

/** Adds two fields that the published schema requires, but the API server does not require. */
function withKindOfClaim(manifest: Manifest): Manifest {
  const template = manifest.spec?.storage?.volumeClaimTemplate;
  if (!template) return manifest;
  const kind = { apiVersion: 'monitoring.coreos.com/v1', kind: 'EmbeddedPersistentVolumeClaim' };
  const storage = { volumeClaimTemplate: { ...kind, ...template } };
  return { ...manifest, spec: { ...manifest.spec, storage } };
}

/** The Kubernetes objects of a stack, without Secrets and without most defaults of the provider. */
export function kubernetesObjects({ resource }: Pick<Synthesized, 'resource'>): Manifest[] {
  return Object.entries(kinds).flatMap(([type, { apiVersion, kind }]) =>
    Object.values(resource[type] ?? {}).map(({ metadata, spec, data }) => ({
      apiVersion,
      kind,
      ...(translated({ metadata, ...(spec ? { spec } : {}), ...(data ? { data } : {}) }) as {
        metadata: Manifest['metadata'];
      }),
    })),
  );
}

const kinds: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  kubernetes_namespace_v1: { apiVersion: 'v1', kind: 'Namespace' },
  kubernetes_config_map_v1: { apiVersion: 'v1', kind: 'ConfigMap' },
  kubernetes_service_v1: { apiVersion: 'v1', kind: 'Service' },
  kubernetes_service_account_v1: { apiVersion: 'v1', kind: 'ServiceAccount' },
  kubernetes_stateful_set_v1: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  kubernetes_deployment_v1: { apiVersion: 'apps/v1', kind: 'Deployment' },
  kubernetes_cron_job_v1: { apiVersion: 'batch/v1', kind: 'CronJob' },
  kubernetes_pod_disruption_budget_v1: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  kubernetes_network_policy_v1: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
};

/** Field names that are plural in a manifest, such as `containers` for `container` in Terraform. */
const plurals = new Set([
  'container',
  'volume',
  'volumeMount',
  'topologySpreadConstraint',
  'port',
  'volumeClaimTemplate',
]);
/** Fields that are an object in a manifest, and a list with one object in Terraform. */
const unwrapped = new Set(['labelSelector', 'tcpSocket']);
/** Maps whose keys are data, such as the names of labels. `translated` does not rename these keys. */
const verbatim = new Set(['labels', 'annotations', 'matchLabels', 'data', 'limits', 'requests']);
/** Fields with a number in a manifest. Terraform stores the number as text: `"3"` for `3`. */
const numeric = new Set(['replicas', 'runAsUser', 'runAsGroup', 'fsGroup', 'ttlSecondsAfterFinished']);
const numberOrName = new Set(['port', 'targetPort', 'maxSurge', 'maxUnavailable']);
const renamed: Readonly<Record<string, string>> = { timezone: 'timeZone' };

function translated(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => translated(item, parent));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const camel = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const name = renamed[camel] ?? (plurals.has(camel) && Array.isArray(inner) ? `${camel}s` : camel);
    if (verbatim.has(camel) || (camel === 'selector' && isTextMap(inner))) return [name, inner];
    if (camel === 'securityContext' && parent === 'container')
      return [name, { runAsNonRoot: false, ...(translated(inner, camel) as object) }];
    if (unwrapped.has(camel) && Array.isArray(inner)) return [name, translated(inner[0], camel)];
    if (numeric.has(camel)) return [name, Number(inner)];
    if (numberOrName.has(camel) && /^\d+$/.test(String(inner))) return [name, Number(inner)];
    return [name, translated(inner, camel)];
  });
  return Object.fromEntries(entries);
}

function isTextMap(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((v) => typeof v === 'string')
  );
}
