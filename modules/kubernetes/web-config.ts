import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';

/**
 * TLS for programs of Prometheus' exporter-toolkit (Pushgateway, node_exporter, kube-state-metrics): one file says where
 * the certificate is, and the certificate is read anew for each connection, so a renewal needs no restart.
 * https://prometheus.io/docs/prometheus/latest/configuration/https/
 */

const configMapName = 'tls-web-config';
const file = 'web-config.yaml';
const folder = '/etc/tls';

/** Path of the toolkit's file within a container that mounts `webTlsMount`. */
export const webConfigPath = `${folder}/${file}`;

export const webTlsMount: IVolumeMount = { name: 'tls', mountPath: folder, readOnly: true };

/** The certificate and the file that points at it, in one folder. */
export function webTlsVolume(secretName: string): IVolume {
  const secret = { name: secretName, items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })) };
  return {
    name: webTlsMount.name,
    projected: { sources: [{ secret }, { configMap: { name: configMapName } }] },
  };
}

/** The toolkit's file; paths in it are relative to its own folder. */
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
