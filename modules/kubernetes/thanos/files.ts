import { thanos, thanosClientIdentity } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { serverName } from '../certificates.ts';
import { samplesPerSend } from '../edge/sizing.ts';
import type { ObjectStore } from '../object-store.ts';
import { keyVariables } from './object-store-login.ts';

export const folders = { tls: '/etc/thanos/tls', config: '/etc/thanos/config', data: '/var/thanos' } as const;

export const configMapName = 'thanos-config';

const names = {
  /** TLS of the port for metrics and probes. Clients need no certificate, because the kubelet has none. */
  web: 'web.yaml',
  /** TLS of the query API. The API requires a client certificate with a name from the list `readers`. */
  mutualWeb: 'web-mutual.yaml',
  hashrings: 'hashrings.json',
  limits: 'limits.json',
  objectStore: 'objstore.yaml',
  objectStoreCa: 'objstore-ca.crt',
} as const;

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

const mostPerWrite = 10 * samplesPerSend;

/** Without limits, a compressed request of 24 KB can need 515 MB of memory. */
const writeLimits = {
  write: {
    // At most 30 requests run at the same time; more requests wait. The estimate for full load is eleven.
    global: { max_concurrency: 30 },
    default: {
      // The router answers 413 to a request above a limit. After 413, an agent drops the request.
      request: {
        // This limit applies to the compressed request and to the decompressed request.
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

/** The querier accepts these certificate names. Edges use the same CA, but must not read samples. */
const readers = [
  // Name in the client certificate that Grafana, `npm run verify` and the console use.
  thanosClientIdentity('grafana'),
  serverName(thanos.rulerService, namespaces.monitoring),
  // To scrape the querier, Prometheus uses the server certificate of the querier as client certificate.
  serverName(thanos.query, thanos.namespace),
] as const;

/** Files of the ConfigMap. Thanos reads changes of the hashring and of the limits without a restart. */
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

/** Configuration files of the object store. They contain no keys. */
function objectStoreFiles(store: ObjectStore): Record<string, string> {
  return {
    // Thanos reads YAML. JSON is valid YAML.
    [names.objectStore]: `${JSON.stringify(objectStoreConfig(store), undefined, 2)}\n`,
    ...(store.kind === 's3' && store.ca && { [names.objectStoreCa]: store.ca }),
  };
}

/** A text that changes with the object store settings and `keyRevision`. A change restarts the pods. */
export function objectStoreVersion(store: ObjectStore): string {
  const revision = store.kind === 's3' && (store.keyRevision ?? 1) > 1 ? [`key ${store.keyRevision}`] : [];
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

/** Returns the object store configuration of Thanos (https://thanos.io/tip/thanos/storage.md/). */
function objectStoreConfig(store: ObjectStore): object {
  if (store.kind === 'azure-blob') {
    // With `user_assigned_id`, Thanos would not use the workload identity of its pod.
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
      // Thanos replaces $(NAME) with the environment variable NAME.
      access_key: `$(${keyVariables.access})`,
      secret_key: `$(${keyVariables.secret})`,
    },
  };
}
