import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { remoteWriteListener } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import { agentPeer } from '../modules/kubernetes/edge/edge.ts';
import { InternalLoadBalancer } from '../modules/kubernetes/internal-load-balancer.ts';
import { KubePrometheusStack } from '../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import { centralPrometheusPods } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { Pushgateway } from '../modules/kubernetes/pushgateway/pushgateway.ts';
import { type Deployment, EnvironmentStack } from '../platforms/environment-stack.ts';
import { expectedOf, sourcePorts } from '../sources/index.ts';
import { chartSettings, storage } from './artifacts.ts';
import { engineSettings } from './engine.ts';
import { Prerequisites } from './prerequisites.ts';

/** Retention of a Prometheus without a volume, whose blocks are deleted with the pod. */
const withoutVolume = { time: '1d' };

/**
 * The central Prometheus and its prerequisites, Alertmanager, Grafana, the Pushgateway, and the entry points for
 * clients outside.
 */
export class MonitoringStack extends EnvironmentStack {
  readonly #deployment: Deployment;
  readonly #connection: ClusterConnection;

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'monitoring');
    const { environment, constructs } = deployment;
    this.#deployment = deployment;
    this.#connection = constructs.connect(this, environment);
    const connection = this.#connection;
    const { central, alerting, grafana, certificates, edges, functions } = environment;
    const charts = chartSettings(environment);
    const issuer = certificates.issuer && { issuer: certificates.issuer };
    const volume = (size: string | undefined) =>
      size !== undefined && { storage: storage(environment, size) };

    const namespace = new ManagedNamespace(this, 'namespace', {
      connection,
      name: namespaces.monitoring,
      // The node exporters need the node's network, processes and file systems.
      podSecurity: 'privileged',
    });
    const { ready } = new Prerequisites(this, 'prerequisites', { environment, connection, namespace });
    const engine = engineSettings(this, deployment);

    const stack = new KubePrometheusStack(this, 'kube-prometheus-stack', {
      connection,
      namespace: namespace.name,
      ...charts,
      dependsOn: ready,
      ...issuer,
      prometheus: {
        externalLabels: central.labels,
        retention: central.retention ?? withoutVolume,
        outOfOrderWindow: central.outOfOrderWindow,
        ...(central.monitorNamespaces && { monitorNamespaces: central.monitorNamespaces }),
        resources: central.resources,
        ...volume(central.volume),
        ...engine.prometheus,
        ...(central.receiver && { extraDnsNames: [central.receiver.host] }),
        ...((edges.length > 0 || central.receiver) && {
          edges: {
            names: edges.map(({ name }) => name),
            peers: [
              ...edges.filter(({ cluster }) => !cluster).map((edge) => agentPeer(edge.namespace)),
              ...(central.receiver?.sourceRanges ?? []).map((cidr) => ({ cidr })),
            ],
          },
        }),
      },
      alertmanager: { receivers: alerting.receivers, ...volume(alerting.volume) },
      grafana: {
        ...volume(grafana.volume),
        ...(grafana.ingress && { ingress: grafana.ingress }),
        ...engine.grafana,
      },
      rules: {
        batchPeriod: functions.every,
        expected: expectedOf(environment),
        ...(alerting.runbooks && { runbookBaseUrl: alerting.runbooks }),
        ...(grafana.ingress && { dashboardBaseUrl: `https://${grafana.ingress.host}/d` }),
      },
      remoteEdges: edges.filter(({ cluster }) => cluster).map(({ name }) => name),
    });
    this.#pushgateway(namespace, stack.release);
    this.#receiver(stack.release);
  }

  #pushgateway(namespace: ManagedNamespace, after: ITerraformDependable): void {
    const { environment, constructs } = this.#deployment;
    const { pushgateway, certificates } = environment;
    const { ranges, dnsNames } = constructs.externalPushers(environment);
    const { pods, release } = new Pushgateway(this, 'pushgateway', {
      connection: this.#connection,
      namespace: namespace.name,
      ...chartSettings(environment),
      storage: storage(environment, pushgateway.volume),
      // Airflow and the batch-pusher run in the same namespace; the functions on Azure connect through the load
      // balancer.
      pushers: [{ namespace: namespace.name }, ...ranges.map((cidr) => ({ cidr }))],
      ...(dnsNames.length > 0 && { extraDnsNames: dnsNames }),
      ...(certificates.issuer && { issuer: certificates.issuer }),
      dependsOn: [after],
    });
    if (pushgateway.ip) {
      this.#loadBalancer(
        'pushgateway-internal',
        pods,
        sourcePorts.pushgateway,
        pushgateway.ip,
        ranges,
        release,
      );
    }
  }

  #receiver(after: ITerraformDependable): void {
    const { receiver } = this.#deployment.environment.central;
    if (!receiver) return;
    const { ip, sourceRanges, annotations } = receiver;
    this.#loadBalancer(
      'prometheus-receiver',
      centralPrometheusPods,
      remoteWriteListener.port,
      ip,
      sourceRanges,
      after,
      annotations,
    );
  }

  #loadBalancer(
    name: string,
    selector: Readonly<Record<string, string>>,
    port: number,
    ip: string,
    sourceRanges: readonly string[],
    after: ITerraformDependable,
    annotations: Readonly<Record<string, string>> = {},
  ): void {
    const { environment, constructs } = this.#deployment;
    new InternalLoadBalancer(this, name, {
      connection: this.#connection,
      namespace: namespaces.monitoring,
      name,
      selector,
      port,
      sourceRanges,
      ...constructs.internalLoadBalancer(environment, { ip, annotations }),
      dependsOn: [after],
    });
  }
}
