import type { IPrometheusWebSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusWebSpec';

/**
 * TLS settings for a program that the operator runs. A client certificate is not required, because the kubelet has none
 * for its probes. Network policies limit the clients.
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
 * The container `config-reloader` sends a signal to Prometheus, and Prometheus reloads its configuration. A reload over
 * HTTP would need the argument `--web.enable-lifecycle`, which would also allow clients to stop Prometheus.
 *
 * After the signal, `config-reloader` connects to Prometheus over HTTPS, and checks that the reload succeeded. For this
 * connection, `config-reloader` reads the CA certificate in `SSL_CERT_FILE` only at its start. Therefore a new CA needs a
 * restart of the pods (docs/replace-the-ca.md).
 * @param secretName Secret with the certificate of the server
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
