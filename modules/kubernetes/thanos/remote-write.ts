import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import { remoteWriteListener, thanos } from '../../../config/cluster-names.ts';
import { serverName } from '../certificates.ts';

/** DNS name of the routers for writers in the same cluster. The certificate of the routers contains this name. */
export const routerHost = serverName(thanos.router, thanos.namespace);

/**
 * The remote-write URL of the routers.
 * @param host host of the URL; by default, the Service for writers in the same cluster
 */
export function thanosWriteUrl(host = routerHost): string {
  return `https://${host}:${remoteWriteListener.port}${thanos.writePath}`;
}

const queryHost = serverName(thanos.query, thanos.namespace);

/** URL of the querier for programs in the same cluster. */
export const thanosQueryUrl = `https://${queryHost}:${thanos.ports.http}`;

/**
 * Settings with which a Prometheus writes to Thanos.
 * @param clientSecret name of the Secret with a client certificate and the CA certificate, in the namespace of the
 * writer
 */
export function remoteWriteToThanos(clientSecret: string): IRemoteWriteSpec {
  const secret = (key: string) => ({ name: clientSecret, key });
  return {
    name: 'thanos',
    url: thanosWriteUrl(),
    // Thanos 0.42 answers 200 to remote write 2.0, but does not store the samples.
    messageVersion: 'V1.0',
    tlsConfig: {
      ca: { secret: secret('ca.crt') },
      cert: { secret: secret('tls.crt') },
      keySecret: secret('tls.key'),
      serverName: routerHost,
    },
    queueConfig: { retryOnRateLimit: true },
  };
}
