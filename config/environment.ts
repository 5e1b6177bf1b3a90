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

/** The fields that each platform block has; `platforms/<kind>/values.ts` has the other fields. */
export interface PlatformValues {
  readonly kind: string;
}

const retention = z.strictObject({
  time: prometheusDuration,
  /** Oldest blocks go first when it is reached; must leave room in the volume for the write-ahead log. */
  size: tsdbSize,
});

const central = z.strictObject({
  /** Labels of every series that the primary cluster produces. */
  labels: clusterLabels,
  retention: retention.exactOptional(),
  /** Size of Prometheus' volume; absent: it forgets everything when its pod goes. */
  volume: bytes.exactOptional(),
  /** How old a sample may be when it arrives; the longest outage of an edge that loses nothing. */
  outOfOrderWindow: prometheusDuration,
  /** Namespaces of other teams whose monitors, rules and Alertmanager configurations are selected too. @default none */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  resources,
  /** The way to the remote-write receiver for edges in other clusters; absent: it has none from outside. */
  receiver: z
    .strictObject({
      /** Name that the agents use and the certificate carries; below `network.privateZone` on Azure. */
      host: dnsName,
      /** Fixed address of the internal load balancer, inside `network.loadBalancers` on Azure. */
      ip: ipv4,
      /** Where the agents' packets come from. */
      sourceRanges: z.array(admittedRange).min(1),
      /**
       * What makes a load balancer internal there, such as `networking.gke.io/load-balancer-type: Internal`; `{}` where all are.
       * @default Azure's on Azure; elsewhere it must be said
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

const prometheusEngine = central.extend({ engine: z.literal('prometheus') });

/** Long-term store in `platform.objectStorage`: the central Prometheus forwards every sample, Grafana queries Mimir. */
const mimirEngine = central.extend({
  engine: z.literal('mimir'),
  mimir: z.strictObject({
    retention: prometheusDuration,
    /** Copies of a sample among the ingesters; three survive the loss of one. */
    ingesters: z.int().min(1).max(30),
    ingesterVolume: bytes,
  }),
});

/** Managed Prometheus: the central Prometheus forwards all it has, Grafana asks the Azure Monitor workspace. */
const azureMonitorEngine = central.extend({
  engine: z.literal('azure-monitor'),
  azureMonitor: z.strictObject({
    workspace: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,42}[a-zA-Z0-9]$/, {
      message: 'expected 4 to 44 letters, digits and inner hyphens',
    }),
    /** Azure itself raises the alarm when nothing has arrived for so long: the watch over the watcher. */
    silentAfter: isoDuration,
    silentEmail: z.email(),
  }),
});

const receiverBase = z.strictObject({
  /** Its secret is the Terraform variable `alert_receiver_<name>`. */
  name: variableName.refine((name) => name !== 'null', {
    message: 'expected another name: null is the receiver that tells nobody',
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
    /** `host:port`; STARTTLS is required of it. */
    smarthost: hostAndPort,
    username: plainText,
  }),
]);

const nats = z.strictObject({
  replicas: z.union([z.literal(1), z.literal(3), z.literal(5)], {
    message: 'expected 1, 3 or 5: JetStream agrees by majority, an even number adds no safety',
  }),
  /** Volume of each server's JetStream. */
  volume: bytes,
});

const edge = z.strictObject({
  name: edgeName,
  namespace: dnsLabel,
  labels: clusterLabels,
  /** The cluster it lives in; absent: the central one. */
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
  /** @default the environment's */
  storageClass: labelValue.exactOptional(),
  nats,
  /**
   * Volume of the agent's write-ahead log. It bridges an outage of the receiver while the agent runs. An agent that
   * restarts loses the samples that it has not sent, because it reads its log from the end
   * (https://github.com/prometheus/prometheus/issues/8809).
   */
  buffer: bytes,
});

const batch = z.strictObject({
  /** How often the batch runs by itself, or Airflow's DAG in its place; the alerts on a missing run follow. */
  every: period,
});

const functionsInCluster = batch.extend({
  host: z.literal('cluster'),
  /**
   * Namespaces whose pods may call the batch-pusher, besides Prometheus, and Airflow where there is one.
   * @default none
   */
  callers: z.array(dnsLabel).exactOptional(),
});

const functionsOnAzure = batch.extend({
  host: z.literal('azure'),
  app: functionAppName,
  storageAccount: storageAccountName,
  /** Majors of Node.js that Flex Consumption runs; the provider does not check them. */
  nodeVersion: z.enum(['20', '22', '24']),
  instanceMemoryMb: z.union([z.literal(512), z.literal(2048), z.literal(4096)], {
    message: 'expected 512, 2048 or 4096: Flex Consumption has no other instance',
  }),
  maximumInstances: z.int().min(40).max(1000),
  alwaysReady: z.int().min(0).max(20),
});

/** The schema of an environment whose platform block has the given schema. */
export const environmentSchemaFor = <P extends z.ZodType<PlatformValues>>(platform: P) =>
  z.strictObject({
    /** First part of every stack's name. */
    name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, {
      message: 'expected 2 to 12 lower-case letters and digits, a letter first',
    }),
    /** Whether alerts page people. Production has additional checks. */
    production: z.boolean(),
    platform,
    /** Where Terraform keeps its states. */
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
    /** @default the cluster's default class */
    storageClass: labelValue.exactOptional(),
    charts: z.strictObject({
      /** Replaces every public repository: `oci://…`, `https://…`, or a directory of charts. */
      mirror: chartSource.exactOptional(),
      /** Values for the charts, by the name of the release, merged last into those of the platform. */
      extraValues: extraValues.exactOptional(),
    }),
    images: z.strictObject({
      /** Registry of our own images; absent on Azure, where the platform stack makes a registry. */
      registry: registryPath.exactOptional(),
      tag: imageTag,
      /** Whether that registry needs a login: Terraform variables `registry_username` and `registry_password`. */
      pullSecret: z.boolean().exactOptional(),
      /** Replaces the host of every public registry. */
      mirror: registryPath.exactOptional(),
    }),
    /** TLS certificates come from cert-manager. */
    certificates: z.strictObject({
      /** Whether the monitoring stack installs cert-manager; false where the cluster has cert-manager already. */
      install: z.boolean(),
      /** @default our own CA, made inside the cluster */
      issuer: z.strictObject({ name: dnsLabel, kind: z.enum(['ClusterIssuer', 'Issuer']) }).exactOptional(),
    }),
    central: z.discriminatedUnion('engine', [prometheusEngine, mimirEngine, azureMonitorEngine]),
    alerting: z.strictObject({
      receivers: z.array(receiver),
      volume: bytes.exactOptional(),
      /**
       * Where `docs/runbooks/` is published; an alert links to `<runbooks>/<alert>.md`.
       * @default a path without a host
       */
      runbooks: webUrl.exactOptional(),
    }),
    grafana: z.strictObject({
      volume: bytes.exactOptional(),
      /** Public name with TLS; absent: Grafana is reached by port-forward only. */
      ingress: z.strictObject({ host: dnsName, className: dnsLabel, tlsSecret: dnsLabel }).exactOptional(),
    }),
    pushgateway: z.strictObject({
      volume: bytes,
      /** Fixed address of its internal load balancer, inside `network.loadBalancers`; the functions on Azure use it. */
      ip: ipv4.exactOptional(),
    }),
    nats: nats.extend({
      /** Namespaces whose pods may connect. @default none but its own */
      clients: z.array(dnsLabel).exactOptional(),
    }),
    usdtExporter: z.discriminatedUnion('host', [
      z.strictObject({
        host: z.literal('cluster'),
        /** @default Binance P2P itself */
        upstreamUrl: serverUrl.exactOptional(),
      }),
      /** Pushes the rate on a timer instead of being scraped. */
      z.strictObject({
        host: z.literal('azure'),
        app: functionAppName,
        /** An account for this app only, because the app's identity can read and write everything in the account. */
        storageAccount: storageAccountName,
      }),
    ]),
    /** Airflow with the demo's DAG; absent: the batch-pusher runs the batch. */
    airflow: z
      .strictObject({
        /** Host of an existing PostgreSQL; its password is the Terraform variable `airflow_database_password`. */
        databaseHost: dnsName,
        databaseName: labelValue,
        databaseUser: labelValue,
      })
      .exactOptional(),
    functions: z.discriminatedUnion('host', [functionsInCluster, functionsOnAzure]),
    edges: z.array(edge),
  });

type Checked = z.infer<ReturnType<typeof environmentSchemaFor<z.ZodType<PlatformValues>>>>;

/** A checked environment. Code outside `platforms/<kind>/` reads only the kind of the platform. */
export type Environment<P extends PlatformValues = PlatformValues> = Omit<Checked, 'platform'> & {
  readonly platform: P;
};
export type Edge = Environment['edges'][number];
/** The cluster of an edge outside the central cluster. */
export type EdgeCluster = NonNullable<Edge['cluster']>;
export type AlertReceiver = Environment['alerting']['receivers'][number];
