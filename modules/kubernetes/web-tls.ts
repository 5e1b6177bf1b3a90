import type { IPrometheusWebSpec } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusWebSpec';

/**
 * TLS settings of a web server that the operator creates. A client certificate is optional, because the kubelet's
 * probes have none. Network policies decide which clients can connect.
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
 * Settings of a Prometheus that reloads its configuration after a signal. A reload over HTTP is not used, because its
 * endpoint also enables `POST /-/quit` for every client that may write. After a signal, the operator's reloader checks
 * over HTTPS that Prometheus has loaded the configuration. For this check, the reloader verifies the server with a CA
 * file that the operator already mounts. The reloader reads the file only once. Therefore a new CA needs a restart of
 * the pods (docs/replace-the-ca.md).
 * @param secretName name of the Secret with the server's certificate
 */
export function reloadBySignal(secretName: string) {
  const trust = { name: 'SSL_CERT_FILE', value: `/etc/prometheus/web_config/secret/${secretName}-ca/ca.crt` };
  return {
    reloadStrategy: 'ProcessSignal' as const,
    containers: [{ name: 'config-reloader', env: [trust] }],
  };
}
