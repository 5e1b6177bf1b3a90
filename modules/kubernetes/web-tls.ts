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
 * Reloads by a signal, because the HTTP endpoint for reloads also enables `POST /-/quit` for every client that may
 * write. After a signal the operator's reloader checks over HTTPS that Prometheus loaded the configuration. Unlike
 * HTTP reloads, this check verifies the server by this file, which the operator already mounts into the reloader. The
 * reloader reads the file once; therefore a new CA needs a restart of the pods (docs/replace-the-ca.md).
 * @param secretName the Secret of the server's certificate
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
