import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { operatorRelease, remoteWriteListener, services, thanos } from '../config/cluster-names.ts';
import { receivesInPrometheus, runsThanos } from '../config/engines.ts';
import type { EdgeCluster, Edge as EdgeEntry } from '../config/environment.ts';
import { serverName } from '../modules/kubernetes/certificates.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import { Edge } from '../modules/kubernetes/edge/edge.ts';
import { edgePlan } from '../modules/kubernetes/edge/plan.ts';
import type { Receiver } from '../modules/kubernetes/edge/props.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { PrometheusOperator } from '../modules/kubernetes/prometheus-operator/prometheus-operator.ts';
import { routerHost, thanosWriteUrl } from '../modules/kubernetes/thanos/remote-write.ts';
import { clusterAlias } from '../platforms/cluster-alias.ts';
import { platformOf } from '../platforms/environment.ts';
import { type Deployment, EnvironmentStack } from '../platforms/environment-stack.ts';
import { artifactSources, chartSettings, storage } from './artifacts.ts';
import { Prerequisites, registryLogins } from './prerequisites.ts';

interface Site {
  readonly connection: ClusterConnection;
  readonly dependsOn: ITerraformDependable[];
}

/** Each edge has NATS and an agent. The agent writes to the central cluster. */
export class FederationStack extends EnvironmentStack {
  readonly #deployment: Deployment;
  readonly #sites = new Map<string, Site>();

  constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment, 'federation');
    const { environment } = deployment;
    this.#deployment = deployment;
    const { certificates, central } = environment;
    for (const edge of environment.edges) {
      const { connection, dependsOn } = this.#site(edge);
      const made = new Edge(this, edge.name, {
        connection,
        name: edge.name,
        namespace: edge.namespace,
        labels: edge.labels,
        receiver: this.#receiver(edge),
        otherReceivers: edge.cluster ? [] : this.#receiversInside().slice(1),
        nats: { replicas: edge.nats.replicas, storage: this.#storage(edge, edge.nats.volume) },
        buffer: this.#storage(edge, edge.buffer),
        plan: edgePlan(edge, central),
        ...chartSettings(environment),
        ...(certificates.issuer && { issuer: certificates.issuer }),
        dependsOn,
      });
      // The edge does not wait for this Secret, because the kubelet repeats a failed image pull.
      if (artifactSources(environment).pullSecret)
        registryLogins(made, environment, connection, [made.namespace]);
    }
  }

  #storage(edge: EdgeEntry, size: string) {
    const storageClass = edge.storageClass ?? this.#deployment.environment.storageClass;
    return storage(storageClass ? { storageClass } : {}, size);
  }

  #receiver({ cluster, name, clientIssuer }: EdgeEntry): Receiver {
    const { receiver } = this.#deployment.environment.central;
    const { port, path } = remoteWriteListener;
    if (!cluster) return this.#receiversInside()[0] as Receiver;
    if (!receiver)
      throw new Error(
        `The environment has no setting central.receiver. The edge ${name} needs central.receiver, because the edge runs in another cluster. Set central.receiver. The check of the environments should have found this mistake, so please also report this bug.`,
      );
    return {
      url: `https://${receiver.host}:${port}${path}`,
      serverName: receiver.host,
      ...(clientIssuer ? { clientCertificate: 'issued', clientIssuer } : { clientCertificate: 'copied' }),
    };
  }

  #receiversInside(): readonly Receiver[] {
    const { central } = this.#deployment.environment;
    const { prometheus } = services;
    const { port, path } = remoteWriteListener;
    const host = serverName(prometheus.name, prometheus.namespace);
    const issued = { clientCertificate: 'issued' } as const;
    return [
      ...(receivesInPrometheus(central)
        ? [{ url: `https://${host}:${port}${path}`, serverName: host, ...issued }]
        : []),
      ...(runsThanos(central)
        ? [{ name: thanos.remoteName, url: thanosWriteUrl, serverName: routerHost, ...issued }]
        : []),
    ];
  }

  #site({ cluster }: EdgeEntry): Site {
    const { environment, constructs } = this.#deployment;
    const key =
      cluster === undefined
        ? 'central'
        : platformOf(environment).edgeClusterName(cluster, environment.platform);
    const known = this.#sites.get(key);
    if (known) return known;
    const site =
      cluster === undefined
        ? { connection: constructs.connect(this, environment), dependsOn: [] }
        : this.#elsewhere(cluster, clusterAlias(key));
    this.#sites.set(key, site);
    return site;
  }

  #elsewhere(cluster: EdgeCluster, alias: string): Site {
    const { environment, constructs } = this.#deployment;
    // The underscore makes this id different from every name of an edge.
    const site = new Construct(this, `site_${alias}`);
    const connection = constructs.connectEdge(site, environment, cluster, alias);
    const namespace = new ManagedNamespace(site, 'operator-namespace', { connection, name: operatorRelease });
    const { ready } = new Prerequisites(site, 'prerequisites', { environment, connection, namespace });
    const operator = new PrometheusOperator(site, 'operator', {
      connection,
      namespace: namespace.name,
      ...chartSettings(environment),
      ...(environment.certificates.issuer && { issuer: environment.certificates.issuer }),
      dependsOn: ready,
    });
    return { connection, dependsOn: [operator.release] };
  }
}
