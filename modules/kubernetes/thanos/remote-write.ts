import type { IRemoteWriteSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/RemoteWriteSpec';
import { remoteWriteListener, thanos } from '../../../config/cluster-names.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { serverName } from '../certificates.ts';

type IRelabeling = NonNullable<IRemoteWriteSpec['writeRelabelConfigs']>[number];

/** Host name of the routers inside their cluster. The certificate of the routers contains this name. */
export const routerHost = serverName(thanos.router, thanos.namespace);

export const thanosWriteUrl = `https://${routerHost}:${remoteWriteListener.port}${remoteWriteListener.path}`;

const queryHost = serverName(thanos.query, thanos.namespace);

export const thanosQueryUrl = `https://${queryHost}:${thanos.ports.http}`;

/** Client certificate, key and CA: a Secret in the writer's namespace, or a folder in the writer's pod. */
export type WriterCertificate = { readonly secret: string } | { readonly folder: string };

/** @param writeRelabelConfigs rules that select the series to send; an empty list sends every series */
export function remoteWriteToThanos(
  certificate: WriterCertificate,
  writeRelabelConfigs: readonly IRelabeling[] = [],
): IRemoteWriteSpec {
  return {
    name: thanos.remoteName,
    url: thanosWriteUrl,
    // Thanos 0.42 answers 200 to remote write 2.0, but stores nothing.
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

/** Matches series names of recording rules and alert rules. Most of the names contain a colon. */
const recordedNames = [
  '.*:.*',
  'ALERTS(_FOR_STATE)?',
  ...Object.values(recorded).flatMap(({ name }) => (name.includes(':') ? [] : [name])),
].join('|');

/**
 * Drops series that Thanos receives from a ruler or directly from an edge.
 * @param clusters `cluster` labels of the edges that write to Thanos
 */
export function withoutOthers(clusters: readonly string[]): IRelabeling[] {
  return [
    { action: 'drop', sourceLabels: ['__name__'], regex: recordedNames },
    ...(clusters.length > 0
      ? [{ action: 'drop' as const, sourceLabels: ['cluster'], regex: clusters.join('|') }]
      : []),
  ];
}
