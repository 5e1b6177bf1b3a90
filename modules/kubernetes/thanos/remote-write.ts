import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import { remoteWriteListener, thanos } from '../../../config/cluster-names.ts';
import { serverName } from '../certificates.ts';

/** The host that writers in the same cluster connect to, and the name in its certificate. */
export const routerHost = serverName(thanos.router, thanos.namespace);

/** URL of remote write at a router. @param host @default the Service, for writers in the same cluster */
export function thanosWriteUrl(host = routerHost): string {
  return `https://${host}:${remoteWriteListener.port}${thanos.writePath}`;
}

const queryHost = serverName(thanos.query, thanos.namespace);

/** URL of the querier, for programs in the same cluster. */
export const thanosQueryUrl = `https://${queryHost}:${thanos.ports.http}`;

/** A client certificate, its key and the CA certificate: in a Secret of the writer's namespace, or in a folder of its pod. */
export type WriterCertificate = { readonly secret: string } | { readonly folder: string };

export function remoteWriteToThanos(certificate: WriterCertificate): IRemoteWriteSpec {
  return {
    name: 'thanos',
    url: thanosWriteUrl(),
    // Thanos 0.42 accepts version 2 with the answer 200, and stores nothing.
    messageVersion: 'V1.0',
    tlsConfig: { ...files(certificate), serverName: routerHost },
    queueConfig: { retryOnRateLimit: true },
  };
}

function files(certificate: WriterCertificate): IRemoteWriteSpec['tlsConfig'] {
  if ('folder' in certificate) {
    const { folder } = certificate;
    return { caFile: `${folder}/ca.crt`, certFile: `${folder}/tls.crt`, keyFile: `${folder}/tls.key` };
  }
  const secret = (key: string) => ({ name: certificate.secret, key });
  return {
    ca: { secret: secret('ca.crt') },
    cert: { secret: secret('tls.crt') },
    keySecret: secret('tls.key'),
  };
}
