import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { thanos, thanosClientIdentity, tlsSecrets } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { certificate, clientCertificate, type IssuerRef, scrapeTls } from '../certificates.ts';
import { scrapedByCentral } from '../monitor-labels.ts';
import { thanosLabels } from './pod.ts';
import { type RulerProps, rulerManifests } from './ruler.ts';

export interface ThanosManifestsProps extends RulerProps {
  /** Whether the environment has an object store. If so, a store gateway and a compactor run. */
  readonly objectStore: boolean;
  /**
   * Host name for agents in other clusters. The certificate of the routers contains this name.
   * @default none
   */
  readonly receiverHost?: string;
  readonly issuer?: IssuerRef;
}

/** Custom resources for a Helm release. Terraform cannot plan a custom resource before its CRD exists. */
export function thanosManifests(props: ThanosManifestsProps): object[] {
  const members = membersOf(props);
  return [
    ...members.map((member) => serverCertificate(member, props.issuer)),
    ...clients(props.issuer),
    ...members.filter(({ namespace }) => namespace === thanos.namespace).map(monitor),
    ...rulerManifests(props),
  ];
}

interface Member {
  readonly name: string;
  readonly namespace: string;
  readonly tlsSecret: string;
  /** Whether other Thanos processes connect to this process by gRPC. */
  readonly grpc: boolean;
  readonly dnsNames?: readonly string[];
}

function membersOf({ objectStore, receiverHost }: ThanosManifestsProps): Member[] {
  const { namespace } = thanos;
  const own = (name: string, tlsSecret: string, grpc: boolean) => ({ name, namespace, tlsSecret, grpc });
  return [
    {
      ...own(thanos.router, tlsSecrets.thanosRouter, false),
      ...(receiverHost && { dnsNames: [receiverHost] }),
    },
    own(thanos.ingester, tlsSecrets.thanosIngester, true),
    own(thanos.query, tlsSecrets.thanosQuery, false),
    ...(objectStore
      ? [
          own(thanos.store, tlsSecrets.thanosStore, true),
          own(thanos.compactor, tlsSecrets.thanosCompactor, false),
        ]
      : []),
    {
      name: thanos.rulerService,
      namespace: namespaces.monitoring,
      tlsSecret: tlsSecrets.thanosRuler,
      grpc: true,
    },
  ];
}

/** Thanos also uses this certificate as a client. Thanos reads a renewed certificate without a restart. */
function serverCertificate(
  { name, namespace, tlsSecret, grpc, dnsNames = [] }: Member,
  issuer?: IssuerRef,
): ICertificate {
  return certificate({
    secretName: tlsSecret,
    namespace,
    services: [name],
    dnsNames: [...dnsNames, ...(grpc ? [thanos.memberName] : [])],
    client: true,
    ...(issuer && { issuer }),
  });
}

function clients(issuer?: IssuerRef): ICertificate[] {
  const client = (program: 'prometheus' | 'ruler' | 'grafana', secretName: string, reloads: boolean) =>
    clientCertificate({
      secretName,
      namespace: namespaces.monitoring,
      identity: thanosClientIdentity(program),
      reloads,
      ...(issuer && { issuer }),
    });
  return [
    client('prometheus', tlsSecrets.prometheusWriter, true),
    client('ruler', tlsSecrets.rulerWriter, true),
    // Grafana reads a renewed certificate only at a restart. The certificate is valid for two years.
    client('grafana', tlsSecrets.grafanaReader, false),
  ];
}

function monitor({ name, namespace, tlsSecret }: Member): IServiceMonitor {
  const secret = (key: string) => ({ name: tlsSecret, key });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name, namespace, labels: { ...thanosLabels(name), ...scrapedByCentral } },
    spec: {
      selector: { matchLabels: thanosLabels(name) },
      endpoints: [
        {
          port: 'http',
          scheme: 'https',
          tlsConfig: {
            ...scrapeTls(tlsSecret, name, namespace),
            // The querier refuses every request without a client certificate, also a request for `/metrics`.
            ...(name === thanos.query && {
              cert: { secret: secret('tls.crt') },
              keySecret: secret('tls.key'),
            }),
          },
        },
      ],
    },
  };
}
