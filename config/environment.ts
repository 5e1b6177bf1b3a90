import { z } from 'zod';
import { chartSource, hostAndPort, registryPath, serverUrl, webUrl } from './addresses.ts';
import { aksName, functionAppName, resourceGroupName, storageAccountName } from './azure-fields.ts';
import { extraValues } from './extra-values.ts';
import {
  admittedRange,
  annotation,
  bytes,
  clusterLabels,
  dnsLabel,
  dnsName,
  edgeName,
  guid,
  imageTag,
  ipv4,
  isoDuration,
  kubeconfigPath,
  labelKey,
  labelValue,
  period,
  plainText,
  prometheusDuration,
  resources,
  tsdbSize,
  variableName,
} from './fields.ts';

export const kubeconfig = z.strictObject({
  context: plainText,
  /** @default '~/.kube/config' */
  path: kubeconfigPath.exactOptional(),
});

/** The field that every platform block has; `platforms/<kind>/values.ts` has the other fields. */
export interface PlatformValues {
  readonly kind: string;
}

const retention = z.strictObject({
  time: prometheusDuration,
  /**
   * Limit on the size of the blocks; Prometheus deletes the oldest blocks at the limit. The volume must also have room
   * for the write-ahead log.
   */
  size: tsdbSize,
});

const central = z.strictObject({
  /** Labels of every series from the primary cluster. */
  labels: clusterLabels,
  retention: retention.exactOptional(),
  /** Size of Prometheus' volume. Without a volume, all data is deleted with the pod. */
  volume: bytes.exactOptional(),
  /**
   * Active series of all clusters together; an edge with two agents counts twice. The checks compare it with the memory; the engine `thanos` derives its
   * replicas, memory and volumes from it.
   * @default 60000 for the central cluster and 20000 for each edge, without a check of the memory
   */
  expectedSeries: z.int().min(1_000).max(100_000_000).exactOptional(),
  /**
   * Maximum age of a sample when it arrives. An edge loses no samples in an outage that is not longer than this time.
   */
  outOfOrderWindow: prometheusDuration,
  /**
   * Namespaces of other teams. Prometheus and Alertmanager also select the monitors, rules and Alertmanager
   * configurations of these namespaces.
   * @default none
   */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  resources,
  /** The remote-write receiver for edges in other clusters. Without it, such edges cannot connect. */
  receiver: z
    .strictObject({
      /**
       * Host name that the agents connect to. The receiver's certificate contains it. On Azure the name must be below
       * `network.privateZone`.
       */
      host: dnsName,
      /**
       * Fixed IP address of the internal load balancer. On Azure the address must be inside `network.loadBalancers`.
       */
      ip: ipv4,
      /** IPv4 ranges of the agents that may connect. */
      sourceRanges: z.array(admittedRange).min(1),
      /**
       * Annotations that make a load balancer internal, such as `networking.gke.io/load-balancer-type: Internal`. Set
       * `{}` if every load balancer of the cluster is internal.
       * @default Azure's annotations on Azure; required on other platforms
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

/** Settings of Thanos. */
const thanosSettings = z.strictObject({
  /** @default the smallest number, at least 3, that holds `central.expectedSeries` */
  ingesters: z.int().min(1).max(30).exactOptional(),
  /** Ingesters that store each sample. An odd number; a majority of them must accept a sample. @default 3 */
  replication: z.int().min(1).max(5).exactOptional(),
  /** Volume of each ingester. @default the size that `central.expectedSeries` and the retention need */
  volume: bytes.exactOptional(),
  /**
   * Time that samples are kept: in the object store, or on the volumes of the ingesters if there is none.
   * @default 1y in the object store; `central.retention.time`, or 10d, on the volumes
   */
  retention: prometheusDuration.exactOptional(),
  /**
   * Tenant of an edge, by the name of the edge. The name in the edge's client certificate selects the tenant. Each
   * tenant has its own store in every ingester, and costs 4.2 MB there.
   * @default one tenant
   */
  tenants: z.record(edgeName, dnsLabel).exactOptional(),
});

/**
 * The other engine, which also receives every sample and evaluates the rules, but sends no alert. Used only while an
 * environment moves between the engines (docs/move-to-thanos.md).
 * @default none
 */
const alsoWriteTo = z.enum(['prometheus', 'thanos']).exactOptional();

const prometheusEngine = central.extend({
  engine: z.literal('prometheus'),
  alsoWriteTo,
  /** Settings of Thanos during a move. @default sizes from `central.expectedSeries` */
  thanos: thanosSettings.exactOptional(),
});

/**
 * Thanos receives the samples of all edges and of the central Prometheus, keeps three copies, answers queries and
 * evaluates the rules. With `platform.objectStorage`, Thanos also stores the blocks in an object store; otherwise the
 * blocks are only on the volumes of the ingesters.
 */
const thanosEngine = central.extend({
  engine: z.literal('thanos'),
  alsoWriteTo,
  /** @default sizes from `central.expectedSeries` */
  thanos: thanosSettings.exactOptional(),
});

/**
 * Azure Monitor as the long-term store. The central Prometheus forwards every sample to the Azure Monitor workspace,
 * and Grafana queries the workspace.
 */
const azureMonitorEngine = central.extend({
  engine: z.literal('azure-monitor'),
  azureMonitor: z.strictObject({
    workspace: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,42}[a-zA-Z0-9]$/, {
      message: 'expected 4 to 44 letters, digits and inner hyphens',
    }),
    /**
     * Time without samples after which Azure Monitor raises an alert. This alert watches the central Prometheus from
     * outside the cluster.
     */
    silentAfter: isoDuration,
    silentEmail: z.email(),
  }),
});

const receiverBase = z.strictObject({
  /** Name of the receiver. The Terraform variable `alert_receiver_<name>` holds the receiver's secret. */
  name: variableName.refine((name) => name !== 'null', {
    message: 'expected another name: the receiver null is reserved for alerts that notify nobody',
  }),
  severities: z.array(z.enum(['critical', 'warning', 'info'])).min(1),
});

const receiver = z.discriminatedUnion('kind', [
  receiverBase.extend({ kind: z.literal('webhook') }),
  receiverBase.extend({
    kind: z.literal('slack'),
    channel: z.string().regex(/^#?[\w-]+$/, {
      message: 'expected the name of a channel, such as #monitoring',
    }),
  }),
  receiverBase.extend({ kind: z.literal('teams') }),
  receiverBase.extend({ kind: z.literal('pagerduty') }),
  receiverBase.extend({
    kind: z.literal('email'),
    to: z.email(),
    from: z.email(),
    /** `host:port`; the server must support STARTTLS. */
    smarthost: hostAndPort,
    username: plainText,
  }),
]);

const nats = z.strictObject({
  replicas: z.union([z.literal(1), z.literal(3), z.literal(5)], {
    message:
      'expected 1, 3 or 5: JetStream needs a majority, therefore an even number of servers adds no safety',
  }),
  /** Size of the JetStream volume of each server. */
  volume: bytes,
});

const edge = z.strictObject({
  name: edgeName,
  namespace: dnsLabel,
  labels: clusterLabels,
  /**
   * The cluster in which the edge runs.
   * @default the central cluster
   */
  cluster: z
    .discriminatedUnion('kind', [
      kubeconfig.extend({ kind: z.literal('kubeconfig') }),
      z.strictObject({
        kind: z.literal('aks'),
        /** @default the environment's own subscription */
        subscriptionId: guid.exactOptional(),
        resourceGroup: resourceGroupName,
        name: aksName,
      }),
    ])
    .exactOptional(),
  /**
   * StorageClass of the edge's volumes.
   * @default the `storageClass` of the environment
   */
  storageClass: labelValue.exactOptional(),
  nats,
  /**
   * Agents that scrape the same targets. With 2, no sample is lost if one agent or its node fails during an outage of the
   * receiver. An engine that removes duplicates is necessary: `central.engine: 'thanos'`.
   * @default 1
   */
  replicas: z.union([z.literal(1), z.literal(2)], { message: 'expected 1 or 2 agents' }).exactOptional(),
  /**
   * Active series of the edge. The queue, the memory and the write-ahead log of the agent are planned for them.
   * @default 20000
   */
  expectedSeries: z.int().min(1_000).max(10_000_000).exactOptional(),
  /**
   * Longest outage of the receiver for which the agent keeps its samples. At most `central.outOfOrderWindow`.
   * @default `central.outOfOrderWindow`
   */
  outage: prometheusDuration.exactOptional(),
  /**
   * Issuer in the cluster of the edge that signs the client certificate of the agent. cert-manager then renews this
   * certificate there. Only for an edge in another cluster.
   * @default none: an operator copies the certificate from the central cluster
   */
  clientIssuer: z.strictObject({ name: dnsLabel, kind: z.enum(['ClusterIssuer', 'Issuer']) }).exactOptional(),
  /**
   * Size of the volume for the agent's write-ahead log. During an outage of the receiver, a running agent keeps its
   * samples in this log. An agent that restarts loses the samples that it has not sent, because it reads the log from
   * the end (https://github.com/prometheus/prometheus/issues/8809).
   */
  buffer: bytes,
});

const batch = z.strictObject({
  /**
   * Time between two runs of the batch, for the CronJob and for Airflow's DAG. The alerts on a missing run use the same
   * time.
   */
  every: period,
});

const functionsInCluster = batch.extend({
  host: z.literal('cluster'),
  /**
   * Other namespaces whose pods may call the batch-pusher. Prometheus and Airflow may always call it.
   * @default none
   */
  callers: z.array(dnsLabel).exactOptional(),
});

const functionsOnAzure = batch.extend({
  host: z.literal('azure'),
  app: functionAppName,
  storageAccount: storageAccountName,
  /**
   * Major version of Node.js. Flex Consumption supports these versions; Terraform's provider does not check the
   * version.
   */
  nodeVersion: z.enum(['20', '22', '24']),
  instanceMemoryMb: z.union([z.literal(512), z.literal(2048), z.literal(4096)], {
    message: 'expected 512, 2048 or 4096: Flex Consumption has only these instance sizes',
  }),
  maximumInstances: z.int().min(40).max(1000),
  alwaysReady: z.int().min(0).max(20),
});

/**
 * The schema of an environment.
 * @param platform the schema of the platform block
 */
export const environmentSchemaFor = <P extends z.ZodType<PlatformValues>>(platform: P) =>
  z.strictObject({
    /** First part of the name of every stack. */
    name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, {
      message: 'expected 2 to 12 lower-case letters and digits, starting with a letter',
    }),
    /** Whether this is a production environment. Production environments must pass additional checks. */
    production: z.boolean(),
    platform,
    /** Location of the Terraform states. */
    state: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('azurerm'),
        subscriptionId: guid,
        resourceGroup: resourceGroupName,
        storageAccount: storageAccountName,
        container: dnsLabel,
      }),
      z.strictObject({ kind: z.literal('local') }),
    ]),
    /**
     * StorageClass of the volumes.
     * @default the cluster's default StorageClass
     */
    storageClass: labelValue.exactOptional(),
    charts: z.strictObject({
      /** Source that replaces every public chart repository: `oci://…`, `https://…`, or a directory of charts. */
      mirror: chartSource.exactOptional(),
      /** Chart values by release name. They override the values of the platform. */
      extraValues: extraValues.exactOptional(),
    }),
    images: z.strictObject({
      /**
       * Registry of the project's own images. Not set on Azure, because the platform stack creates a registry there.
       */
      registry: registryPath.exactOptional(),
      tag: imageTag,
      /**
       * Whether `registry` needs a login. The Terraform variables `registry_username` and `registry_password` contain
       * the login.
       */
      pullSecret: z.boolean().exactOptional(),
      /** Registry that replaces the host of every public registry. */
      mirror: registryPath.exactOptional(),
    }),
    /** Settings of cert-manager, which issues all TLS certificates. */
    certificates: z.strictObject({
      /** Whether the monitoring stack installs cert-manager. Set false if the cluster already has cert-manager. */
      install: z.boolean(),
      /**
       * The cert-manager issuer of all certificates.
       * @default the platform's own CA, created in the cluster
       */
      issuer: z.strictObject({ name: dnsLabel, kind: z.enum(['ClusterIssuer', 'Issuer']) }).exactOptional(),
    }),
    central: z.discriminatedUnion('engine', [prometheusEngine, thanosEngine, azureMonitorEngine]),
    alerting: z.strictObject({
      receivers: z.array(receiver),
      volume: bytes.exactOptional(),
      /**
       * URL at which `docs/runbooks/` is published. An alert links to `<runbooks>/<alert>.md`.
       * @default alerts link to a path without a host
       */
      runbooks: webUrl.exactOptional(),
    }),
    grafana: z.strictObject({
      volume: bytes.exactOptional(),
      /** Public host name with a TLS certificate. Without an ingress, Grafana is reachable only by port-forward. */
      ingress: z.strictObject({ host: dnsName, className: dnsLabel, tlsSecret: dnsLabel }).exactOptional(),
    }),
    pushgateway: z.strictObject({
      volume: bytes,
      /**
       * Fixed IP address of the internal load balancer, inside `network.loadBalancers`. The functions on Azure connect
       * to this address.
       */
      ip: ipv4.exactOptional(),
    }),
    nats: nats.extend({
      /**
       * Namespaces whose pods may connect to NATS.
       * @default only NATS' own namespace
       */
      clients: z.array(dnsLabel).exactOptional(),
    }),
    usdtExporter: z.discriminatedUnion('host', [
      z.strictObject({
        host: z.literal('cluster'),
        /**
         * URL of the API that the exporter calls.
         * @default Binance P2P
         */
        upstreamUrl: serverUrl.exactOptional(),
      }),
      /** A function app on Azure that pushes the rate at a fixed interval. Prometheus does not scrape this app. */
      z.strictObject({
        host: z.literal('azure'),
        app: functionAppName,
        /**
         * Name of a storage account for this app only, because the app's identity can read and write everything in the
         * account.
         */
        storageAccount: storageAccountName,
      }),
    ]),
    /** Airflow with the demo's DAG. Without Airflow, the batch-pusher itself runs the batch. */
    airflow: z
      .strictObject({
        /** Host of an existing PostgreSQL. The Terraform variable `airflow_database_password` contains the password. */
        databaseHost: dnsName,
        databaseName: labelValue,
        databaseUser: labelValue,
      })
      .exactOptional(),
    functions: z.discriminatedUnion('host', [functionsInCluster, functionsOnAzure]),
    edges: z.array(edge),
  });

type Checked = z.infer<ReturnType<typeof environmentSchemaFor<z.ZodType<PlatformValues>>>>;

/**
 * A checked environment. Only code in `platforms/<kind>/` reads the fields of the platform; other code reads only
 * `platform.kind`.
 */
export type Environment<P extends PlatformValues = PlatformValues> = Omit<Checked, 'platform'> & {
  readonly platform: P;
};
export type Edge = Environment['edges'][number];
/** The cluster of an edge that does not run in the central cluster. */
export type EdgeCluster = NonNullable<Edge['cluster']>;
export type AlertReceiver = Environment['alerting']['receivers'][number];
