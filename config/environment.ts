import { z } from 'zod';
import { chartSource, hostAndPort, registryPath, serverUrl, webUrl } from './addresses.ts';
import { alertOverrides } from './alert-overrides.ts';
import { aksName, functionAppName, resourceGroupName, storageAccountName } from './azure-fields.ts';
import { chartRuleSwitches } from './chart-rules.ts';
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

/** The field that all platform blocks have. `platforms/<kind>/values.ts` contains the other fields. */
export interface PlatformValues {
  readonly kind: string;
}

const retention = z.strictObject({
  time: prometheusDuration,
  /**
   * Maximum size of the blocks. Above this size, Prometheus deletes the oldest blocks. The volume also needs space for
   * the write-ahead log.
   */
  size: tsdbSize,
});

const central = z.strictObject({
  /** Labels of all series of the central cluster. */
  labels: clusterLabels,
  retention: retention.exactOptional(),
  /** Size of the volume of Prometheus. Without a volume, all data is deleted with the pod. */
  volume: bytes.exactOptional(),
  /**
   * Number of active series of all clusters together. The series of an edge with two agents count twice. A check
   * compares this number with the memory of Prometheus. With the engine `thanos`, it determines the replicas, the
   * memory and the volumes.
   * @default 60000 for the central cluster and 20000 for each edge, without a check of the memory
   */
  expectedSeries: z.int().min(1_000).max(100_000_000).exactOptional(),
  /** Maximum age of an arriving sample. An edge loses no samples in an outage that is not longer than this time. */
  outOfOrderWindow: prometheusDuration,
  /**
   * Namespaces of other teams. Prometheus and Alertmanager also select the monitors, rules and Alertmanager
   * configurations of these namespaces.
   * @default none
   */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  resources,
  /** The remote-write receiver for edges in other clusters. These edges need this setting. */
  receiver: z
    .strictObject({
      /**
       * Host name to which the agents connect. The certificate of the receiver contains this name. On Azure, the name
       * must be in the zone `network.privateZone`.
       */
      host: dnsName,
      /**
       * Fixed IP address of the internal load balancer. On Azure, the address must be in the range
       * `network.loadBalancers`.
       */
      ip: ipv4,
      /** IPv4 ranges from which agents may connect. */
      sourceRanges: z.array(admittedRange).min(1),
      /**
       * Annotations that make the load balancer internal, such as `networking.gke.io/load-balancer-type: Internal`. Set
       * `{}` if the load balancers of the cluster are always internal.
       * @default the annotations of Azure on Azure; required on other platforms
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

/** Settings of Thanos. */
const thanosSettings = z.strictObject({
  /** @default the smallest number that can hold `central.expectedSeries`, at least 3 */
  ingesters: z.int().min(1).max(30).exactOptional(),
  /**
   * Number of ingesters that store each sample: an odd number. A write succeeds if a majority of them store the sample.
   * @default 3
   */
  replication: z.int().min(1).max(5).exactOptional(),
  /**
   * Size of the volume of each ingester.
   * @default the size for `central.expectedSeries` and the retention
   */
  volume: bytes.exactOptional(),
  /**
   * Retention of samples: in the object store if there is one, otherwise on the volumes of the ingesters.
   * @default with an object store 1y; otherwise `central.retention.time`, or 10d
   */
  retention: prometheusDuration.exactOptional(),
  /**
   * Tenant of each edge. The keys are names of edges, and the client certificate of an edge selects its tenant. Each
   * tenant needs its own store in every ingester, which costs 4.2 MB of memory.
   * @default one tenant
   */
  tenants: z.record(edgeName, dnsLabel).exactOptional(),
});

/**
 * The second engine during a move between engines (docs/move-to-thanos.md). It also receives every sample and evaluates
 * the rules, but sends no alerts.
 * @default none
 */
const alsoWriteTo = z.enum(['prometheus', 'thanos']).exactOptional();

const prometheusEngine = central.extend({
  engine: z.literal('prometheus'),
  alsoWriteTo,
  /**
   * Settings of Thanos, which apply during a move.
   * @default sizes from `central.expectedSeries`
   */
  thanos: thanosSettings.exactOptional(),
});

/**
 * Thanos receives all samples, stores three copies, answers queries and evaluates the rules. With
 * `platform.objectStorage`, an object store also stores the blocks. Otherwise only the volumes of the ingesters store
 * them.
 */
const thanosEngine = central.extend({
  engine: z.literal('thanos'),
  alsoWriteTo,
  /** @default sizes from `central.expectedSeries` */
  thanos: thanosSettings.exactOptional(),
});

/**
 * Azure Monitor stores all samples for a long time. The central Prometheus forwards the samples to the Azure Monitor
 * workspace, and Grafana queries this workspace.
 */
const azureMonitorEngine = central.extend({
  engine: z.literal('azure-monitor'),
  azureMonitor: z.strictObject({
    workspace: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,42}[a-zA-Z0-9]$/, {
      message: 'expected 4 to 44 letters, digits and inner hyphens',
    }),
    /**
     * Time without samples after which Azure Monitor sends an alert. This alert detects a failure of the central
     * Prometheus from outside the cluster.
     */
    silentAfter: isoDuration,
    silentEmail: z.email(),
  }),
});

const receiverBase = z.strictObject({
  /** Name of the receiver. The Terraform variable `alert_receiver_<name>` contains its secret. */
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
    /** Mail server as `host:port`. The server must support STARTTLS. */
    smarthost: hostAndPort,
    username: plainText,
  }),
]);

const nats = z.strictObject({
  replicas: z.union([z.literal(1), z.literal(3), z.literal(5)], {
    message:
      'expected 1, 3 or 5: JetStream needs a majority, therefore an even number of servers adds no safety',
  }),
  /** Size of each server's volume for JetStream. */
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
   * StorageClass of the volumes of the edge.
   * @default the `storageClass` of the environment
   */
  storageClass: labelValue.exactOptional(),
  nats,
  /**
   * Number of agents that scrape the same targets. With two agents, the failure of one agent loses no sample, even
   * during an outage of the receiver. Two agents need the engine `thanos`, which removes duplicates.
   * @default 1
   */
  replicas: z.union([z.literal(1), z.literal(2)], { message: 'expected 1 or 2 agents' }).exactOptional(),
  /**
   * Number of active series of the edge. It determines the queue, the memory and the write-ahead log of the agent.
   * @default 20000
   */
  expectedSeries: z.int().min(1_000).max(10_000_000).exactOptional(),
  /**
   * Longest outage of the receiver in which the agent loses no samples. It must not be longer than
   * `central.outOfOrderWindow`.
   * @default `central.outOfOrderWindow`
   */
  outage: prometheusDuration.exactOptional(),
  /**
   * Issuer in the cluster of the edge that signs the client certificate of the agent. With this issuer, cert-manager
   * renews the certificate automatically. Only for an edge in another cluster.
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
  /** Time between two runs of the batch, also in Airflow. The alerts on a missing run use the same time. */
  every: period,
});

const functionsInCluster = batch.extend({
  host: z.literal('cluster'),
  /**
   * Other namespaces whose pods may call the batch-pusher. Prometheus and Airflow may always call the batch-pusher.
   * @default none
   */
  callers: z.array(dnsLabel).exactOptional(),
});

const functionsOnAzure = batch.extend({
  host: z.literal('azure'),
  app: functionAppName,
  storageAccount: storageAccountName,
  /**
   * Major version of Node.js. Flex Consumption supports only these versions, and the Terraform provider does not check
   * the version.
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
    /** Start of the names of all stacks. */
    name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, {
      message: 'expected 2 to 12 lower-case letters and digits, starting with a letter',
    }),
    /** Whether the environment is for production. A production environment must pass additional checks. */
    production: z.boolean(),
    platform,
    /** Place of the Terraform state. */
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
      /** Source that replaces every public chart repository: `oci://…`, `https://…`, or a folder with charts. */
      mirror: chartSource.exactOptional(),
      /** Additional chart values, by release name. They cannot change a value that the platform sets. */
      extraValues: extraValues.exactOptional(),
    }),
    images: z.strictObject({
      /** Registry of the images of this project. Not set on Azure, because the platform stack creates a registry. */
      registry: registryPath.exactOptional(),
      tag: imageTag,
      /**
       * Whether `registry` needs a login, which the Terraform variables `registry_username` and `registry_password`
       * contain.
       */
      pullSecret: z.boolean().exactOptional(),
      /** Registry that replaces every public image registry. */
      mirror: registryPath.exactOptional(),
    }),
    /** Settings of cert-manager, which issues all TLS certificates. */
    certificates: z.strictObject({
      /** Whether the monitoring stack installs cert-manager. Set false if the cluster already has cert-manager. */
      install: z.boolean(),
      /**
       * cert-manager issuer of all certificates.
       * @default the platform's own CA, which cert-manager creates in the cluster
       */
      issuer: z.strictObject({ name: dnsLabel, kind: z.enum(['ClusterIssuer', 'Issuer']) }).exactOptional(),
    }),
    central: z.discriminatedUnion('engine', [prometheusEngine, thanosEngine, azureMonitorEngine]),
    alerting: z.strictObject({
      receivers: z.array(receiver),
      volume: bytes.exactOptional(),
      /**
       * URL of the published folder `docs/runbooks/`. Each alert contains the link `<runbooks>/<alert>.md`.
       * @default the links of alerts are paths without a host
       */
      runbooks: webUrl.exactOptional(),
      /**
       * Changes to single alerts by alert name: `threshold`, `for`, `severity`, `labels`, `annotations`, or `disabled`
       * with the reason. `docs/alerts.md` explains each field.
       * @default every alert runs as declared in `rules/`
       */
      overrides: alertOverrides.exactOptional(),
      /**
       * Default rules of kube-prometheus-stack that do not run: `groups` and `alerts`, each with a reason. A platform
       * alert that the chart's alert replaces runs again.
       * @default all default rules run
       */
      chartRules: chartRuleSwitches.exactOptional(),
    }),
    grafana: z.strictObject({
      volume: bytes.exactOptional(),
      /** Public host name and TLS Secret of Grafana. Without an ingress, users need a port-forward. */
      ingress: z.strictObject({ host: dnsName, className: dnsLabel, tlsSecret: dnsLabel }).exactOptional(),
    }),
    pushgateway: z.strictObject({
      volume: bytes,
      /**
       * Fixed IP address of the internal load balancer, in the range `network.loadBalancers`. The functions on Azure
       * push to this address.
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
         * URL of the API that the USDT exporter calls.
         * @default Binance P2P
         */
        upstreamUrl: serverUrl.exactOptional(),
      }),
      /** A function app on Azure. It pushes the rate at a fixed interval, and Prometheus does not scrape it. */
      z.strictObject({
        host: z.literal('azure'),
        app: functionAppName,
        /**
         * Name of a storage account only for this app, because its identity can read and write all data in the account.
         */
        storageAccount: storageAccountName,
      }),
    ]),
    /** Airflow with the DAG of the demo. Without Airflow, a schedule runs the batch of the batch-pusher. */
    airflow: z
      .strictObject({
        /**
         * Host of an existing PostgreSQL server. The Terraform variable `airflow_database_password` contains the
         * password.
         */
        databaseHost: dnsName,
        databaseName: labelValue,
        databaseUser: labelValue,
      })
      .exactOptional(),
    functions: z.discriminatedUnion('host', [functionsInCluster, functionsOnAzure]),
    edges: z.array(edge),
    /**
     * What `npm run drill` may change in the cluster.
     * @default nothing: the drill refuses the environment
     */
    drill: z
      .strictObject({
        /** Namespaces of the environment in which the drill may change objects. It restores every change. */
        namespaces: z.array(dnsLabel).min(1),
      })
      .exactOptional(),
  });

type Checked = z.infer<ReturnType<typeof environmentSchemaFor<z.ZodType<PlatformValues>>>>;

/**
 * An environment that has passed the schema. Only code in `platforms/<kind>/` reads the fields of `platform`; other
 * code reads only `platform.kind`.
 */
export type Environment<P extends PlatformValues = PlatformValues> = Omit<Checked, 'platform'> & {
  readonly platform: P;
};
export type Edge = Environment['edges'][number];
/** Cluster of an edge outside the central cluster. */
export type EdgeCluster = NonNullable<Edge['cluster']>;
export type AlertReceiver = Environment['alerting']['receivers'][number];
