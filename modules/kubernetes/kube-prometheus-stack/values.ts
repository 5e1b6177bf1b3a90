import type { ChartRuleSwitches } from '../../../config/chart-rules.ts';
import { edgeIdentity, remoteWriteListener, services } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { type PrometheusRuleGroup, prometheusRules } from '../../../rules/index.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { platformCaObjects, platformIssuer, serverName } from '../certificates.ts';
import { literal } from '../literal.ts';
import { type OperatorValues, operatorValues } from '../prometheus-operator/operator-values.ts';
import { trustedNamespaces } from '../prometheus-operator/selection.ts';
import { listenerManifest } from '../remote-write-listener/containers.ts';
import { monitorLimit } from '../scrape-limits.ts';
import { webConfigMap } from '../web-config.ts';
import { type AlertmanagerValues, alertmanagerValues } from './alertmanager.ts';
import { stackCertificates } from './certificates.ts';
import {
  type KubeStateMetricsValues,
  kubeStateMetricsValues,
  type NodeExporterValues,
  nodeExporterValues,
} from './exporters.ts';
import { type GrafanaValues, grafanaRole, grafanaValues } from './grafana.ts';
import { type PrometheusValues, prometheusValues } from './prometheus.ts';
import type { KubePrometheusStackProps } from './props.ts';

interface Switch {
  readonly enabled: boolean;
}

/** A misspelled key does not compile. */
export interface KubePrometheusStackValues {
  readonly global: {
    readonly imageRegistry?: string;
    readonly imagePullSecrets?: readonly { readonly name: string }[];
  };
  readonly crds: Switch;
  readonly kubeControllerManager: Switch;
  readonly kubeScheduler: Switch;
  readonly kubeEtcd: Switch;
  readonly kubeProxy: Switch;
  /** Names of default rules that the chart must not install. The chart installs all other default rules. */
  readonly defaultRules?: {
    readonly rules?: Readonly<Record<string, false>>;
    readonly disabled?: Readonly<Record<string, true>>;
  };
  readonly additionalPrometheusRulesMap: Readonly<
    Record<string, { readonly groups: readonly PrometheusRuleGroup[] }>
  >;
  readonly prometheusOperator: OperatorValues & { readonly serviceMonitor: { readonly sampleLimit: number } };
  readonly prometheus: PrometheusValues;
  readonly alertmanager: AlertmanagerValues;
  readonly grafana: GrafanaValues;
  readonly 'prometheus-node-exporter': NodeExporterValues;
  readonly 'kube-state-metrics': KubeStateMetricsValues;
  readonly extraManifests: readonly object[];
}

export function kubePrometheusStackValues(props: KubePrometheusStackProps): KubePrometheusStackValues {
  const { sources, issuer } = props;
  // Managed clusters hide control plane metrics. Other clusters serve the metrics only on 127.0.0.1.
  const controlPlane = { enabled: false };
  return {
    global: {
      ...(sources?.images && { imageRegistry: sources.images }),
      ...(sources?.pullSecret && { imagePullSecrets: [{ name: sources.pullSecret }] }),
    },
    crds: { enabled: false },
    kubeControllerManager: controlPlane,
    kubeScheduler: controlPlane,
    kubeEtcd: controlPlane,
    kubeProxy: controlPlane,
    ...defaultRules(props.rules?.chartRulesOff),
    additionalPrometheusRulesMap: { platform: literal(prometheusRules(props.rules)) },
    prometheusOperator: {
      ...operatorValues(issuer ?? platformIssuer, trustedNamespaces(props.prometheus.monitorNamespaces)),
      serviceMonitor: monitorLimit('operator'),
    },
    prometheus: prometheusValues(props.prometheus, sources),
    alertmanager: alertmanagerValues(
      props.alertmanager,
      props.prometheus.monitorNamespaces,
      props.rules?.overrides,
    ),
    grafana: grafanaValues(props.grafana),
    'prometheus-node-exporter': nodeExporterValues(),
    'kube-state-metrics': kubeStateMetricsValues(),
    extraManifests: [
      ...(issuer ? [] : platformCaObjects()),
      webConfigMap(namespaces.monitoring),
      ...stackCertificates(props),
      ...(props.prometheus.edges ? [listener(props.namespace, props.prometheus.edges.names)] : []),
      ...(props.grafana ? [grafanaRole()] : []),
      ...(props.manifests ?? []),
    ],
  };
}

function defaultRules({
  groups,
  alerts,
}: ChartRuleSwitches = {}): Pick<KubePrometheusStackValues, 'defaultRules'> {
  const each = <const V>(names: object, value: V) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, value]));
  if (!groups && !alerts) return {};
  return {
    defaultRules: {
      ...(groups && { rules: each(groups, false) }),
      ...(alerts && { disabled: each(alerts, true) }),
    },
  };
}

function listener(releaseNamespace: string, edges: readonly string[]): object {
  const { name, namespace } = services.prometheus;
  const host = serverName(name, namespace);
  return listenerManifest(releaseNamespace, {
    serverName: host,
    upstream: { port: sourcePorts.prometheus, path: remoteWriteListener.path, serverName: host },
    writers: [{ identities: edges.map(edgeIdentity) }],
  });
}
