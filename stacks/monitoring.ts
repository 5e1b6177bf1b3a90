import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { remoteWriteListener, thanos } from '../config/cluster-names.ts';
import { receivesInPrometheus } from '../config/engines.ts';
import { namespaces } from '../config/topology.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import { InternalLoadBalancer } from '../modules/kubernetes/internal-load-balancer.ts';
import { KubePrometheusStack } from '../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import { centralPrometheusPods } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { Pushgateway } from '../modules/kubernetes/pushgateway/pushgateway.ts';
import { thanosLabels } from '../modules/kubernetes/thanos/pod.ts';
import { type Deployment, EnvironmentStack } from '../platforms/environment-stack.ts';
import { sourcePorts } from '../sources/index.ts';
import { chartSettings, storage } from './artifacts.ts';
import { engineOf } from './choose-engine.ts';
import { Prerequisites } from './prerequisites.ts';
import { ruleOptions, withoutVolume } from './rule-options.ts';
import { edgePeers } from './writers.ts';

/** Pods behind a load balancer. */
interface Target {
  readonly namespace: string;
  readonly pods: Readonly<Record<string, string>>;
}

const prometheusPods: Target = { namespace: namespaces.monitoring, pods: centralPrometheusPods };
const thanosPods: Target = { namespace: thanos.namespace, pods: thanosLabels(thanos.router) };

/** The central Prometheus, Alertmanager, Grafana, the Pushgateway, and optionally Thanos. */
export class MonitoringStack extends EnvironmentStack {
  readonly #deployment: Deployment;
  readonly #connection: ClusterConnection;

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'monitoring');
    const { environment, constructs, dashboards } = deployment;
    this.#deployment = deployment;
    this.#connection = constructs.connect(this, environment);
    const connection = this.#connection;
    const { central, alerting, grafana, certificates, edges } = environment;
    const charts = chartSettings(environment);
    const issuer = certificates.issuer && { issuer: certificates.issuer };
    const volume = (size: string | undefined) =>
      size !== undefined && { storage: storage(environment, size) };

    const namespace = new ManagedNamespace(this, 'namespace', {
      connection,
      name: namespaces.monitoring,
      // A node exporter needs the network, the processes and the file systems of its node.
      podSecurity: 'privileged',
    });
    const { ready } = new Prerequisites(this, 'prerequisites', { environment, connection, namespace });
    const engine = engineOf(this, deployment, connection);
    const { settings } = engine;
    const receives = !settings.prometheus.scrapesOnly;

    const stack = new KubePrometheusStack(this, 'kube-prometheus-stack', {
      connection,
      namespace: namespace.name,
      ...charts,
      dependsOn: [...ready, ...engine.before],
      ...issuer,
      prometheus: {
        externalLabels: central.labels,
        retention: central.retention ?? withoutVolume,
        outOfOrderWindow: central.outOfOrderWindow,
        ...(central.monitorNamespaces && { monitorNamespaces: central.monitorNamespaces }),
        resources: central.resources,
        ...volume(central.volume),
        ...settings.prometheus,
        ...(receives && central.receiver && { extraDnsNames: [central.receiver.host] }),
        ...(receives &&
          (edges.length > 0 || central.receiver) && {
            edges: {
              names: edges.map(({ name }) => name),
              peers: edgePeers(environment),
            },
          }),
      },
      alertmanager: {
        receivers: alerting.receivers,
        ...volume(alerting.volume),
        ...settings.alertmanager,
      },
      grafana: {
        ...volume(grafana.volume),
        ...(grafana.ingress && { ingress: grafana.ingress }),
        ...settings.grafana,
      },
      ...(settings.manifests && { manifests: settings.manifests }),
      rules: ruleOptions(environment),
      ...(dashboards && { dashboards }),
      remoteEdges: edges
        .filter(({ cluster, clientIssuer }) => cluster && !clientIssuer)
        .map(({ name }) => name),
    });
    engine.install(stack.release);
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
      // Airflow and the batch-pusher run in the namespace of the Pushgateway.
      pushers: [{ namespace: namespace.name }, ...ranges.map((cidr) => ({ cidr }))],
      ...(dnsNames.length > 0 && { extraDnsNames: dnsNames }),
      ...(certificates.issuer && { issuer: certificates.issuer }),
      dependsOn: [after],
    });
    if (pushgateway.ip) {
      this.#loadBalancer(
        'pushgateway-internal',
        { namespace: namespaces.monitoring, pods },
        sourcePorts.pushgateway,
        pushgateway.ip,
        ranges,
        release,
      );
    }
  }

  #receiver(after: ITerraformDependable): void {
    const { central } = this.#deployment.environment;
    const { receiver } = central;
    if (!receiver) return;
    const { ip, sourceRanges, annotations } = receiver;
    this.#loadBalancer(
      'prometheus-receiver',
      receivesInPrometheus(central) ? prometheusPods : thanosPods,
      remoteWriteListener.port,
      ip,
      sourceRanges,
      after,
      annotations,
    );
  }

  #loadBalancer(
    name: string,
    { namespace, pods }: Target,
    port: number,
    ip: string,
    sourceRanges: readonly string[],
    after: ITerraformDependable,
    annotations: Readonly<Record<string, string>> = {},
  ): void {
    const { environment, constructs } = this.#deployment;
    new InternalLoadBalancer(this, name, {
      connection: this.#connection,
      namespace,
      name,
      selector: pods,
      port,
      sourceRanges,
      ...constructs.internalLoadBalancer(environment, { ip, annotations }),
      dependsOn: [after],
    });
  }
}
