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
 * If a configuration changes, the container `config-reloader` sends a signal to Prometheus. A request to `/-/reload`
 * would need the Prometheus argument `--web.enable-lifecycle`. With this argument, clients could also stop Prometheus
 * with `POST /-/quit`.
 *
 * `config-reloader` sends requests to Prometheus, and trusts the CA certificate in `SSL_CERT_FILE`. The container reads
 * this file only at its start. Therefore a new CA needs a restart of the pods (docs/replace-the-ca.md).
 * @param secretName Secret with the certificate of the server
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
