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
 * Reloads Prometheus with a signal. `--web.enable-lifecycle` would also allow clients to stop Prometheus.
 * @param secretName Secret with the certificate of the server
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
