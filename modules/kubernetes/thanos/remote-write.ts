import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import { remoteWriteListener, thanos } from '../../../config/cluster-names.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { serverName } from '../certificates.ts';

type IRelabeling = NonNullable<IRemoteWriteSpec['writeRelabelConfigs']>[number];

/** The host that writers in the same cluster connect to, and the name in its certificate. */
export const routerHost = serverName(thanos.router, thanos.namespace);

/** URL of remote write at the routers, for writers in the same cluster. */
export const thanosWriteUrl = `https://${routerHost}:${remoteWriteListener.port}${remoteWriteListener.path}`;

const queryHost = serverName(thanos.query, thanos.namespace);

/** URL of the querier for programs in the same cluster. */
export const thanosQueryUrl = `https://${queryHost}:${thanos.ports.http}`;

/** A client certificate, its key and the CA certificate: in a Secret of the writer's namespace, or in a folder of its pod. */
export type WriterCertificate = { readonly secret: string } | { readonly folder: string };

/** @param writeRelabelConfigs select the series. @default every series */
export function remoteWriteToThanos(
  certificate: WriterCertificate,
  writeRelabelConfigs: readonly IRelabeling[] = [],
): IRemoteWriteSpec {
  return {
    name: thanos.remoteName,
    url: thanosWriteUrl,
    // Thanos 0.42 accepts version 2 with the answer 200, and stores nothing.
    messageVersion: 'V1.0',
    tlsConfig: { ...files(certificate), serverName: routerHost },
    queueConfig: { retryOnRateLimit: true },
    ...(writeRelabelConfigs.length > 0 && { writeRelabelConfigs: [...writeRelabelConfigs] }),
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

/** Names of the series that rules record, and of the series of alerts. A recorded name has a colon, with exceptions. */
const recordedNames = [
  '.*:.*',
  'ALERTS(_FOR_STATE)?',
  ...Object.values(recorded).flatMap(({ name }) => (name.includes(':') ? [] : [name])),
].join('|');

/**
 * What the central Prometheus does not forward: recorded series, because the rulers write their own, and the series of
 * edges that write to Thanos themselves. Prometheus has both only while an environment moves between the engines.
 * @param clusters labels `cluster` of these edges
 */
export function withoutOthers(clusters: readonly string[]): IRelabeling[] {
  return [
    { action: 'drop', sourceLabels: ['__name__'], regex: recordedNames },
    ...(clusters.length > 0
      ? [{ action: 'drop' as const, sourceLabels: ['cluster'], regex: clusters.join('|') }]
      : []),
  ];
}
