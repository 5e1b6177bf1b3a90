import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';

/**
 * TLS for programs that use Prometheus' exporter-toolkit (Pushgateway, node_exporter, kube-state-metrics). The web
 * configuration file contains the path of the certificate. The programs read the certificate for each connection,
 * therefore a renewal needs no restart. https://prometheus.io/docs/prometheus/latest/configuration/https/
 */

const configMapName = 'tls-web-config';
const file = 'web-config.yaml';
const folder = '/etc/tls';

/** Path of the web configuration file in a container with the mount `webTlsMount`. */
export const webConfigPath = `${folder}/${file}`;

export const webTlsMount: IVolumeMount = { name: 'tls', mountPath: folder, readOnly: true };

/** A volume with the certificate, its key and the web configuration file of the exporter-toolkit. */
export function webTlsVolume(secretName: string): IVolume {
  const secret = { name: secretName, items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })) };
  return {
    name: webTlsMount.name,
    projected: { sources: [{ secret }, { configMap: { name: configMapName } }] },
  };
}

/**
 * The ConfigMap with the web configuration file of the exporter-toolkit. The paths in the file are relative to the
 * folder of the file.
 */
export function webConfigMap(namespace: string): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configMapName, namespace },
    data: {
      [file]: ['tls_server_config:', '  cert_file: tls.crt', '  key_file: tls.key', ''].join('\n'),
    },
  };
}
