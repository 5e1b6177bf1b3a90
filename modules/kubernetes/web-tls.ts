import type { IPrometheusWebSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusWebSpec';

/**
 * TLS of a web server that the operator creates. A client certificate is optional, because kubelet probes have none;
 * network policies decide which clients connect.
 */
export function webTls(secretName: string): NonNullable<IPrometheusWebSpec['tlsConfig']> {
  return {
    keySecret: { name: secretName, key: 'tls.key' },
    cert: { secret: { name: secretName, key: 'tls.crt' } },
    client_ca: { secret: { name: secretName, key: 'ca.crt' } },
    clientAuthType: 'VerifyClientCertIfGiven',
    minVersion: 'TLS12',
  };
}

/**
 * Reloads by a signal, because with the HTTP endpoint comes `POST /-/quit`, for whoever may write. The operator's reloader
 * then asks over HTTPS whether the configuration was taken, and unlike with HTTP reloads verifies: by this file, which the
 * operator mounts into it already. It is read once, so a new CA needs new pods (docs/replace-the-ca.md).
 * @param secretName the Secret of the server's certificate
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
