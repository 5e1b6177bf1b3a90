import { Construct } from 'constructs';
import { charts } from '../../../config/charts.ts';
import { credentialSecrets, remoteWriteListener } from '../../../config/cluster-names.ts';
import { releases } from '../../../config/topology.ts';
import { dashboardUidsFor } from '../../../rules/index.ts';
import { expectedOnLaptop, sourcePorts } from '../../../sources/index.ts';
import { ChartRelease } from '../chart-release.ts';
import { EphemeralSecret, ephemeralVariable, generatedPassword } from '../ephemeral-secret.ts';
import { centralPrometheusPods } from '../monitor-labels.ts';
import { AllowIngress, type Peer } from '../network-policy.ts';
import { Dashboards } from './dashboards.ts';
import type { KubePrometheusStackProps } from './props.ts';
import { kubePrometheusStackValues } from './values.ts';

const configReloaderPort = 8080;
const kubeStateMetricsPort = 8080;
const grafanaPort = 3000;

/** The chart kube-prometheus-stack. The cluster needs cert-manager and the CRDs of the operator. */
export class KubePrometheusStack extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: KubePrometheusStackProps) {
    super(scope, id);
    const secrets = [
      ...(props.grafana ? [this.grafanaAdmin(props)] : []),
      ...(props.alertmanager.receivers.length > 0 ? [this.alertReceivers(props)] : []),
    ];
    this.release = new ChartRelease(this, 'release', {
      ...props,
      dependsOn: [...(props.dependsOn ?? []), ...secrets],
      chart: charts.kubePrometheusStack,
      name: releases.kubePrometheusStack,
      values: kubePrometheusStackValues(props),
    });
    if (props.grafana) {
      const { connection, namespace, dependsOn, dashboards: texts } = props;
      new Dashboards(this, 'dashboards', {
        connection,
        namespace,
        uids: dashboardUidsFor(props.rules?.expected ?? expectedOnLaptop),
        ...(texts && { texts }),
        ...(dependsOn && { dependsOn }),
      });
    }
    this.allowIngress(props);
  }

  /** To read the password, see docs/secrets.md. */
  private grafanaAdmin({ connection, namespace, dependsOn = [] }: KubePrometheusStackProps) {
    return new EphemeralSecret(this, 'grafana-admin', {
      connection,
      namespace,
      name: credentialSecrets.grafanaAdmin,
      data: { 'admin-user': 'admin', 'admin-password': generatedPassword(this, 'grafana_admin') },
      dependsOn,
    }).secret;
  }

  private alertReceivers({ connection, namespace, alertmanager, dependsOn = [] }: KubePrometheusStackProps) {
    const data = alertmanager.receivers.map(({ name, kind }) => [
      name,
      ephemeralVariable(
        this,
        `alert_receiver_${name}`,
        `Secret of the ${kind} receiver ${name}: URL, key or password`,
      ),
    ]);
    return new EphemeralSecret(this, 'alert-receivers', {
      connection,
      namespace,
      name: credentialSecrets.alertReceivers,
      data: Object.fromEntries(data),
      dependsOn,
    }).secret;
  }

  /** The chart has no strict network policies for Prometheus, kube-state-metrics and Grafana. */
  private allowIngress({
    connection,
    namespace,
    prometheus,
    grafana,
    dependsOn = [],
  }: KubePrometheusStackProps) {
    const own = { namespace, pods: centralPrometheusPods };
    const writers = prometheus.edges?.peers ?? [];
    const grafanaPods = { 'app.kubernetes.io/name': 'grafana' };
    const allow = (
      name: string,
      to: Readonly<Record<string, string>>,
      rules: { from: Peer[]; ports: number[] }[],
    ) => new AllowIngress(this, name, { connection, namespace, name, to, rules, dependsOn });
    allow('allow-prometheus', centralPrometheusPods, [
      { from: [own], ports: [sourcePorts.prometheus, configReloaderPort] },
      { from: [{ namespace, pods: grafanaPods }], ports: [sourcePorts.prometheus] },
      // Without writers, the rule is absent. A rule with an empty `from` would allow all clients.
      ...(writers.length > 0 ? [{ from: [...writers], ports: [remoteWriteListener.port] }] : []),
    ]);
    allow('allow-kube-state-metrics', { 'app.kubernetes.io/name': 'kube-state-metrics' }, [
      { from: [own], ports: [kubeStateMetricsPort] },
    ]);
    // The labels of an ingress controller are unknown. Therefore all pods may reach the login of Grafana.
    if (grafana)
      allow('allow-grafana', grafanaPods, [{ from: grafana.ingress ? [] : [own], ports: [grafanaPort] }]);
  }
}
