import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount';

/** Web configuration: https://prometheus.io/docs/prometheus/latest/configuration/https/. */

const configMapName = 'tls-web-config';
const file = 'web-config.yaml';
const folder = '/etc/tls';

export const webConfigPath = `${folder}/${file}`;

export const webTlsMount: IVolumeMount = { name: 'tls', mountPath: folder, readOnly: true };

/** The program reads its certificate at each connection. Therefore a renewal needs no restart. */
export function webTlsVolume(secretName: string): IVolume {
  const secret = { name: secretName, items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })) };
  return {
    name: webTlsMount.name,
    projected: { sources: [{ secret }, { configMap: { name: configMapName } }] },
  };
}

/** The program reads `tls.crt` and `tls.key` from the folder that contains the web configuration file. */
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
