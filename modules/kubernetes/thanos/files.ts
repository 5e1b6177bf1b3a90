import { thanos, thanosClientIdentity } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { serverName } from '../certificates.ts';
import { samplesPerSend } from '../edge/sizing.ts';
import type { ObjectStore } from '../object-store.ts';
import { keyVariables } from './object-store-login.ts';

/** Folders in the containers of Thanos. */
export const folders = { tls: '/etc/thanos/tls', config: '/etc/thanos/config', data: '/var/thanos' } as const;

/** Name of the ConfigMap that contains the configuration files of Thanos. */
export const configMapName = 'thanos-config';

const names = {
  /**
   * TLS settings of the port for metrics and probes. They require no client certificate, because the kubelet has none.
   */
  web: 'web.yaml',
  /** TLS settings of the query API. They require a client certificate with a known name. */
  mutualWeb: 'web-mutual.yaml',
  hashrings: 'hashrings.json',
  limits: 'limits.json',
  objectStore: 'objstore.yaml',
  objectStoreCa: 'objstore-ca.crt',
} as const;

/** Paths of the configuration files in a container. */
export const files = {
  web: `${folders.config}/${names.web}`,
  mutualWeb: `${folders.config}/${names.mutualWeb}`,
  hashrings: `${folders.config}/${names.hashrings}`,
  limits: `${folders.config}/${names.limits}`,
  objectStore: `${folders.config}/${names.objectStore}`,
  objectStoreCa: `${folders.config}/${names.objectStoreCa}`,
  cert: `${folders.tls}/tls.crt`,
  key: `${folders.tls}/tls.key`,
  ca: `${folders.tls}/ca.crt`,
} as const;

/** Maximum number of series, and of samples, in one write: ten times the samples in a request of an agent. */
const mostPerWrite = 10 * samplesPerSend;

/**
 * Limits of one write to a router. Without limits, 24 KB of empty series occupy 515 MB. The limit on bytes applies
 * before and after decompression. A router answers 413 above a limit, and an agent drops the request. A limit on the
 * series of a tenant is absent, because it needs a Prometheus that the routers query.
 */
const writeLimits = {
  write: {
    // A write above this number waits. With 56,000 samples per second and 0.4 s for a write, eleven writes run at the
    // same time.
    global: { max_concurrency: 30 },
    default: {
      request: {
        size_bytes_limit: 4 * 2 ** 20,
        series_limit: mostPerWrite,
        samples_limit: mostPerWrite,
      },
    },
  },
} as const;

export interface ConfigProps {
  readonly ingesters: number;
  readonly store?: ObjectStore;
}

/**
 * Names in the client certificates that the querier accepts. Grafana, `npm run verify` and the console share a name.
 * The rulers have another name. The central Prometheus sends the certificate of the querier. An edge has a certificate
 * of the same CA, but its name is not accepted.
 */
const readers = [
  thanosClientIdentity('grafana'),
  serverName(thanos.rulerService, namespaces.monitoring),
  serverName(thanos.query, thanos.namespace),
] as const;

/** Files of the ConfigMap by name. Thanos reads changes of the hashring and of the limits without a restart. */
export function configFiles({ ingesters, store }: ConfigProps): Record<string, string> {
  const server = ['tls_server_config:', `  cert_file: ${files.cert}`, `  key_file: ${files.key}`];
  const mutual = [
    ...server,
    `  client_ca_file: ${files.ca}`,
    '  client_auth_type: RequireAndVerifyClientCert',
    '  client_allowed_sans:',
    ...readers.map((name) => `    - ${name}`),
  ];
  return {
    [names.web]: `${server.join('\n')}\n`,
    [names.mutualWeb]: `${mutual.join('\n')}\n`,
    [names.hashrings]: `${JSON.stringify([{ endpoints: ingesterAddresses(ingesters) }])}\n`,
    [names.limits]: `${JSON.stringify(writeLimits, undefined, 2)}\n`,
    ...(store && objectStoreFiles(store)),
  };
}

/** The files with which a process reads the object store, by name. They contain no key. */
function objectStoreFiles(store: ObjectStore): Record<string, string> {
  return {
    [names.objectStore]: `${JSON.stringify(objectStoreConfig(store), undefined, 2)}\n`,
    ...(store.kind === 's3' && store.ca && { [names.objectStoreCa]: store.ca }),
  };
}

/** Everything that a process reads about the object store at its start only, in one text without a key. */
export function objectStoreVersion(store: ObjectStore): string {
  const revision = store.kind === 's3' && store.keyRevision ? [`key ${store.keyRevision}`] : [];
  return [...Object.values(objectStoreFiles(store)), ...revision].join('\n');
}

/** Addresses of the ingesters. The pods of a StatefulSet have fixed names. */
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
    // Without the field user_assigned_id, the client uses the workload identity. With this field, it would request a
    // token from the metadata service of the node.
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
      ...(store.ca && { http_config: { tls_config: { ca_file: files.objectStoreCa } } }),
      // Thanos replaces $(NAME) with the value of the environment variable NAME.
      access_key: `$(${keyVariables.access})`,
      secret_key: `$(${keyVariables.secret})`,
    },
  };
}
