import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { edgeClientSecret, edgeIdentity, services, tlsSecrets } from '../../../config/cluster-names.ts';
import { certificate, clientCertificate, platformIssuer } from '../certificates.ts';
import { exporterServices } from './exporters.ts';
import type { KubePrometheusStackProps } from './props.ts';

/** Server certificates, and client certificates of edges. The chart creates the webhook certificate. */
export function stackCertificates(props: KubePrometheusStackProps): ICertificate[] {
  const { namespace, issuer = platformIssuer, prometheus, grafana, remoteEdges = [] } = props;
  const server = (secretName: string, service: string, dnsNames: readonly string[] = []) =>
    certificate({ secretName, namespace, services: [service], dnsNames, issuer });
  return [
    server(tlsSecrets.prometheus, services.prometheus.name, prometheus.extraDnsNames),
    server(tlsSecrets.alertmanager, services.alertmanager.name),
    ...(grafana ? [server(tlsSecrets.grafana, services.grafana.name)] : []),
    server(tlsSecrets.nodeExporter, exporterServices.nodeExporter),
    server(tlsSecrets.kubeStateMetrics, exporterServices.kubeStateMetrics),
    ...remoteEdges.map((edge) =>
      clientCertificate({
        secretName: edgeClientSecret(edge),
        namespace,
        identity: edgeIdentity(edge),
        issuer,
        copied: true,
      }),
    ),
  ];
}
