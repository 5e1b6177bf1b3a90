import type { IPrometheusWebSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusWebSpec';

/**
 * A client certificate is not required, because the kubelet has none for its probes. Network policies limit the
 * clients.
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
 * A reload over HTTP would need the argument `--web.enable-lifecycle`, which would also allow clients to stop
 * Prometheus.
 * @param secretName Secret with the certificate of the server
 */
export function reloadBySignal(secretName: string) {
  // After the signal, `config-reloader` checks over HTTPS that the reload succeeded. `config-reloader` reads this CA
  // certificate only at its start. Therefore a new CA needs a restart of the pods (docs/replace-the-ca.md).
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
