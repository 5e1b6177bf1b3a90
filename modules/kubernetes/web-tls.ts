import type { IPrometheusWebSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusWebSpec';

/**
 * TLS settings of a web server that the operator creates. They do not require a client certificate, because the probes
 * of the kubelet have none. Network policies limit the clients.
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
 * Settings of a Prometheus that reloads its configuration after a signal. The HTTP endpoint for a reload is disabled,
 * because it would also enable `POST /-/quit` for every client that may write. After a signal, the reloader of the
 * operator checks over HTTPS that Prometheus has loaded the configuration. It reads the CA for this check only once,
 * from a file that the operator mounts. Therefore a new CA needs a restart of the pods (docs/replace-the-ca.md).
 * @param secretName Secret with the certificate of the server
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
