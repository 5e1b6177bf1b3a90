import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { mimir } from '../../config/cluster-names.ts';
import { imageRegistry } from './artifact-sources.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';
import { literal } from './literal.ts';
import { AllowIngress, type Peer } from './network-policy.ts';
import { type ObjectStore, objectStoreSecret } from './object-store.ts';

export interface MimirProps extends ReleaseProps {
  readonly store: ObjectStore;
  /** Prometheus duration after which Mimir deletes a block. */
  readonly retention: string;
  /** Maximum age of a sample when it arrives, as a Prometheus duration. */
  readonly outOfOrderWindow: string;
  /**
   * Number of ingesters. With three or more ingesters, three of them store each sample. With fewer, one ingester stores
   * each sample.
   */
  readonly ingesters: number;
  readonly ingesterVolume: string;
  /**
   * StorageClass of the volumes.
   * @default the default StorageClass of the cluster
   */
  readonly storageClass?: string;
  /** Pods that may write samples and query them. */
  readonly clients: readonly Peer[];
}

/** URL of Mimir inside the cluster. Prometheus writes to this URL, and Grafana queries it. */
export const mimirUrl = `http://${mimir.gateway}.${mimir.namespace}.svc`;

/**
 * Grafana Mimir with an object store. It runs without Kafka, ruler and Alertmanager, because the central Prometheus
 * evaluates the rules. https://grafana.com/docs/helm-charts/mimir-distributed/latest/
 */
export class Mimir extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: MimirProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.mimir,
      name: mimir.release,
      values: mimirValues(props),
    });
    const allow = (
      name: string,
      to: Readonly<Record<string, string>>,
      from: readonly Peer[],
      ports: number[],
    ) =>
      new AllowIngress(this, name, {
        connection: props.connection,
        namespace: props.namespace,
        name,
        to,
        rules: [{ from, ports }],
        ...(props.dependsOn && { dependsOn: props.dependsOn }),
      });
    allow('allow-gateway', { 'app.kubernetes.io/component': 'gateway' }, props.clients, [8080]);
    // The components use these ports for HTTP, gRPC and gossip.
    allow(
      'allow-members',
      { 'app.kubernetes.io/name': 'mimir' },
      [{ namespace: props.namespace }],
      [8080, 9095, 7946],
    );
  }
}

function mimirValues(props: MimirProps) {
  const { store, ingesters, ingesterVolume, storageClass, sources } = props;
  const { mimir: image, nginx } = charts.mimir.images;
  const login = storeLogin(store);
  const replicationFactor = ingesters < 3 ? 1 : 3;
  const volume = (size: string) => ({
    enabled: true,
    size,
    ...(storageClass && { storageClass }),
  });
  const oneZone = { zoneAwareReplication: { enabled: false } };
  return {
    image: { repository: `${imageRegistry(image, sources)}/${image.repository}`, tag: image.tag },
    fullnameOverride: mimir.release,
    serviceAccount: {
      create: true,
      name: mimir.serviceAccount,
      ...login.serviceAccount,
    },
    global: login.global,
    mimir: {
      structuredConfig: {
        multitenancy_enabled: false,
        usage_stats: { enabled: false },
        // Distributors write directly to ingesters. The chart's default puts a Kafka between them.
        ingest_storage: { enabled: false },
        ingester: {
          push_grpc_method_enabled: true,
          ring: { replication_factor: replicationFactor },
        },
        store_gateway: { sharding_ring: { replication_factor: replicationFactor } },
        common: { storage: login.storage },
        blocks_storage: login.blocks,
        limits: {
          compactor_blocks_retention_period: props.retention,
          out_of_order_time_window: props.outOfOrderWindow,
        },
      },
    },
    kafka: { enabled: false },
    minio: { enabled: false },
    ruler: { enabled: false },
    alertmanager: { enabled: false },
    rollout_operator: { enabled: false },
    overrides_exporter: { enabled: false },
    distributor: { replicas: 2 },
    querier: { replicas: 2 },
    query_frontend: { replicas: 2 },
    query_scheduler: { replicas: 2 },
    ingester: { replicas: ingesters, persistentVolume: volume(ingesterVolume), ...oneZone },
    store_gateway: { replicas: replicationFactor, persistentVolume: volume('10Gi'), ...oneZone },
    compactor: { replicas: 1, persistentVolume: volume('20Gi') },
    gateway: {
      replicas: 2,
      nginx: {
        image: { registry: imageRegistry(nginx, sources), repository: nginx.repository, tag: nginx.tag },
      },
    },
  };
}

/** Names of the environment variables with the access keys of an S3-compatible store, in Mimir's containers. */
const keyVariables = { access: 'OBJECT_STORE_ACCESS_KEY', secret: 'OBJECT_STORE_SECRET_KEY' } as const;

/** Chart values with which the pods log in to the object store. */
function storeLogin(store: ObjectStore) {
  if (store.kind === 'azure-blob') {
    return {
      serviceAccount: { annotations: { 'azure.workload.identity/client-id': store.clientId } },
      global: { podLabels: { 'azure.workload.identity/use': 'true' } },
      storage: { backend: 'azure', azure: { account_name: store.storageAccount } },
      blocks: { backend: 'azure', azure: { container_name: store.container } },
    };
  }
  const key = (name: string, secretKey: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: objectStoreSecret.name, key: secretKey } },
  });
  return {
    serviceAccount: {},
    // The configuration contains only the names of the variables. Mimir replaces them with the values, because the
    // chart runs Mimir with `-config.expand-env`.
    global: {
      extraEnv: [
        key(keyVariables.access, objectStoreSecret.accessKey),
        key(keyVariables.secret, objectStoreSecret.secretKey),
      ],
    },
    storage: {
      backend: 's3',
      s3: {
        endpoint: new URL(store.endpoint).host,
        access_key_id: literal(`\${${keyVariables.access}}`),
        secret_access_key: literal(`\${${keyVariables.secret}}`),
        ...(store.region && { region: store.region }),
      },
    },
    blocks: { backend: 's3', s3: { bucket_name: store.bucket } },
  };
}
