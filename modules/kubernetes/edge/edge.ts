import { Construct } from 'constructs';
import type { IService } from 'kubernetes-models/v1/Service';
import { edgeIdentity, edgeNames, remoteWriteSecret, tlsSecrets } from '../../../config/cluster-names.ts';
import { agentPodLabel, releases } from '../../../config/topology.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { certificate, clientCertificate } from '../certificates.ts';
import type { ChartRelease } from '../chart-release.ts';
import { EphemeralSecret, ephemeralVariable } from '../ephemeral-secret.ts';
import { ManagedNamespace } from '../namespace.ts';
import { Nats } from '../nats/nats.ts';
import { AllowIngress, type Peer } from '../network-policy.ts';
import { prometheusAgent, scrapedByAgent } from './prometheus-agent.ts';
import type { EdgeProps } from './props.ts';

/** NATS and a Prometheus agent. The cluster must already run the Prometheus operator. */
export class Edge extends Construct {
  readonly namespace: ManagedNamespace;
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id);
    const { connection, namespace, sources, extraValues } = props;
    this.namespace = new ManagedNamespace(this, 'namespace', { connection, name: namespace });
    const dependsOn = [...(props.dependsOn ?? []), this.namespace.namespace];
    const copied = props.receiver.clientCertificate === 'copied';
    const tls = copied ? [this.copiedCertificate(props)] : [];
    const issuer = props.issuer && { issuer: props.issuer };
    const clientIssuer = props.receiver.clientIssuer ?? props.issuer;
    const agent = agentPeer(namespace);
    this.release = new Nats(this, 'nats', {
      connection,
      namespace,
      labels: props.labels,
      replicas: props.nats.replicas,
      storage: props.nats.storage,
      monitorLabels: scrapedByAgent,
      scraper: agent,
      dependsOn: [...dependsOn, ...tls],
      manifests: [
        metricsService(namespace),
        certificate({
          secretName: tlsSecrets.prometheusAgent,
          namespace,
          services: [edgeNames.agent],
          ...issuer,
        }),
        ...(copied
          ? []
          : [
              clientCertificate({
                secretName: remoteWriteSecret,
                namespace,
                identity: edgeIdentity(props.name),
                ...(clientIssuer && { issuer: clientIssuer }),
              }),
            ]),
        ...prometheusAgent(props),
      ],
      ...issuer,
      ...(sources && { sources }),
      ...(extraValues && { extraValues }),
    }).release;
    new AllowIngress(this, 'allow-agent', {
      connection,
      namespace,
      name: 'allow-agent',
      to: agentPodLabel,
      rules: [{ from: [agent], ports: [sourcePorts.prometheus] }],
      dependsOn,
    });
  }

  private copiedCertificate({ connection, name, namespace }: EdgeProps) {
    const variable = (part: string, what: string) =>
      ephemeralVariable(
        this,
        `edge_${name.replaceAll('-', '_')}_tls_${part}`,
        `${what} of edge ${name}, PEM`,
      );
    // Do not rename `carried-certificate`. Terraform would replace the Secret of a running edge.
    return new EphemeralSecret(this, 'carried-certificate', {
      connection,
      namespace,
      name: remoteWriteSecret,
      type: 'kubernetes.io/tls',
      data: {
        'tls.crt': variable('crt', 'Client certificate'),
        'tls.key': variable('key', 'Private key'),
        'ca.crt': variable('ca', 'CA certificate of the receiver'),
      },
      dependsOn: [this.namespace.namespace],
    }).secret;
  }
}

export function agentPeer(namespace: string): Peer {
  return { namespace, pods: agentPodLabel };
}

/** A Service for reading the NATS metrics without Prometheus, for example with `kubectl port-forward`. */
function metricsService(namespace: string): IService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: edgeNames.natsMetricsService, namespace, labels: { 'app.kubernetes.io/name': 'nats' } },
    spec: {
      selector: { 'app.kubernetes.io/name': 'nats', 'app.kubernetes.io/instance': releases.nats },
      ports: [{ name: 'prom-metrics', port: sourcePorts.natsExporter, targetPort: 'prom-metrics' }],
    },
  };
}
