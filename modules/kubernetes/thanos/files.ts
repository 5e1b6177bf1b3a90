import { thanos } from '../../../config/cluster-names.ts';
import type { ObjectStore } from '../object-store.ts';
import { keyVariables } from './object-store-login.ts';

/** Folders in each container of Thanos. */
export const folders = { tls: '/etc/thanos/tls', config: '/etc/thanos/config', data: '/var/thanos' } as const;

/** Name of the ConfigMap that contains the configuration files of Thanos. */
export const configMapName = 'thanos-config';

const names = {
  /**
   * TLS settings of the port for metrics and probes. The port requires no client certificate, because the kubelet has
   * none.
   */
  web: 'web.yaml',
  /** TLS settings of the querier's API. The API requires a client certificate. */
  mutualWeb: 'web-mutual.yaml',
  hashrings: 'hashrings.json',
  objectStore: 'objstore.yaml',
} as const;

/** Paths of the files in a container. */
export const files = {
  web: `${folders.config}/${names.web}`,
  mutualWeb: `${folders.config}/${names.mutualWeb}`,
  hashrings: `${folders.config}/${names.hashrings}`,
  objectStore: `${folders.config}/${names.objectStore}`,
  cert: `${folders.tls}/tls.crt`,
  key: `${folders.tls}/tls.key`,
  ca: `${folders.tls}/ca.crt`,
} as const;

export interface ConfigProps {
  readonly ingesters: number;
  readonly store?: ObjectStore;
}

/** Content of the ConfigMap. Thanos reads a changed hashring without a restart. */
export function configFiles({ ingesters, store }: ConfigProps): Record<string, string> {
  const server = ['tls_server_config:', `  cert_file: ${files.cert}`, `  key_file: ${files.key}`];
  const mutual = [
    ...server,
    `  client_ca_file: ${files.ca}`,
    '  client_auth_type: RequireAndVerifyClientCert',
  ];
  return {
    [names.web]: `${server.join('\n')}\n`,
    [names.mutualWeb]: `${mutual.join('\n')}\n`,
    [names.hashrings]: `${JSON.stringify([{ endpoints: ingesterAddresses(ingesters) }])}\n`,
    ...(store && { [names.objectStore]: objectStoreFile(store) }),
  };
}

/** The configuration of the object store. It contains no key. */
export function objectStoreFile(store: ObjectStore): string {
  return `${JSON.stringify(objectStoreConfig(store), undefined, 2)}\n`;
}

/** Address of each ingester: pods of a StatefulSet have fixed names. */
function ingesterAddresses(ingesters: number): string[] {
  const { ingester, namespace, ports } = thanos;
  return Array.from(
    { length: ingesters },
    (_, index) => `${ingester}-${index}.${ingester}.${namespace}.svc:${ports.grpc}`,
  );
}

/**
 * Configuration of the object store (https://thanos.io/tip/thanos/storage.md/). Thanos reads YAML, and JSON is valid
 * YAML.
 */
function objectStoreConfig(store: ObjectStore): object {
  if (store.kind === 'azure-blob') {
    // The field user_assigned_id is not set, because the client then uses the workload identity. If the field is set,
    // the client requests a token from the metadata service of the node.
    return {
      type: 'AZURE',
      config: { storage_account: store.storageAccount, container: store.container },
    };
  }
  return {
    type: 'S3',
    config: {
      endpoint: new URL(store.endpoint).host,
      bucket: store.bucket,
      ...(store.region && { region: store.region }),
      // Thanos replaces $(NAME) with the value of the environment variable NAME.
      access_key: `$(${keyVariables.access})`,
      secret_key: `$(${keyVariables.secret})`,
    },
  };
}
