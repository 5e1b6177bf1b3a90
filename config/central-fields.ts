import { z } from 'zod';
import {
  admittedRange,
  annotation,
  bytes,
  clusterLabels,
  dnsLabel,
  dnsName,
  edgeName,
  ipv4,
  isoDuration,
  labelKey,
  prometheusDuration,
  resources,
  tsdbSize,
} from './fields.ts';

const retention = z.strictObject({
  /** Prometheus deletes a block when all samples of the block are older than this duration. */
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
  /**
   * Limits for the data that the central Prometheus keeps: a maximum age (`time`) and a maximum size (`size`). Set both
   * `central.retention` and `central.volume`, or set neither. If neither is set, the maximum age is one day.
   * @default 1d
   */
  retention: retention.exactOptional(),
  /** Size of the volume of Prometheus. Without a volume, all data is deleted with the pod. */
  volume: bytes.exactOptional(),
  /**
   * Expected number of active series of all clusters together. The series of an edge with two agents count twice. If
   * the environment runs Thanos, this number determines the size of Thanos. If the central Prometheus receives the
   * samples, a check compares this number with the memory limit of the central Prometheus. During a move to or from
   * Thanos, the number has both uses.
   * @default the sum of 60000 (for the central cluster) and the expected series of all edges
   */
  expectedSeries: z.int().min(1_000).max(100_000_000).exactOptional(),
  /**
   * Maximum age of an arriving sample. Prometheus rejects older samples. After an outage of at most this time, an edge
   * can still send all its samples.
   */
  outOfOrderWindow: prometheusDuration,
  /**
   * Namespaces of other teams. Prometheus and Alertmanager also select the monitors, rules and Alertmanager
   * configurations of these namespaces.
   * @default none
   */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  /** CPU and memory of the central Prometheus. */
  resources,
  /**
   * The remote-write receiver. Agents of edges in separate clusters send their samples to this server. Required if the
   * environment has such an edge.
   */
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
       * Annotations that make the load balancer internal, such as `networking.gke.io/load-balancer-type: Internal`.
       * Set `{}` if every load balancer of the cluster is internal without an annotation.
       * @default the annotations of Azure on Azure; required on other platforms
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

const thanosSettings = z.strictObject({
  /**
   * Number of ingesters.
   * @default the smallest number that can hold `central.expectedSeries`, at least 3
   */
  ingesters: z.int().min(1).max(30).exactOptional(),
  /**
   * Number of ingesters that store each sample: 1, 3 or 5. With 3, one of these ingesters may fail. With 5, two of them may
   * fail.
   * @default 3
   */
  replication: z.int().min(1).max(5).exactOptional(),
  /**
   * Size of the volume of each ingester.
   * @default the size for `central.expectedSeries` and the retention
   */
  volume: bytes.exactOptional(),
  /**
   * How long the object store keeps samples. Without an object store, the volumes of the ingesters keep samples for
   * this time.
   * @default with an object store 1y; otherwise `central.retention.time`, or 10d
   */
  retention: prometheusDuration.exactOptional(),
  /**
   * The keys are names of edges, the values are the tenants of these edges. The client certificate of an edge selects
   * the tenant. Each tenant needs 4.2 MB of memory in every ingester.
   * @default one tenant
   */
  tenants: z.record(edgeName, dnsLabel).exactOptional(),
});

const alsoWriteTo = z.enum(['prometheus', 'thanos']).exactOptional();

export const prometheusEngine = central.extend({
  engine: z.literal('prometheus'),
  /**
   * The second engine during a move between engines (docs/move-to-thanos.md). The second engine also receives every
   * sample and evaluates the rules, but sends no alerts.
   * @default none
   */
  alsoWriteTo,
  /**
   * Sizes and tenants of Thanos. Only for an environment in which Thanos is the engine or the second engine.
   * @default sizes from `central.expectedSeries`
   */
  thanos: thanosSettings.exactOptional(),
});

export const thanosEngine = central.extend({
  engine: z.literal('thanos'),
  alsoWriteTo,
  /** @default sizes from `central.expectedSeries` */
  thanos: thanosSettings.exactOptional(),
});

export const azureMonitorEngine = central.extend({
  engine: z.literal('azure-monitor'),
  azureMonitor: z.strictObject({
    /** Name of the Azure Monitor workspace. */
    workspace: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,42}[a-zA-Z0-9]$/, {
      message: 'expected 4 to 44 letters, digits and inner hyphens',
    }),
    /**
     * Azure Monitor sends an alert if it receives no samples for this time. The alert detects a failure of the central
     * Prometheus from outside the cluster.
     */
    silentAfter: isoDuration,
    /**
     * Azure Monitor sends an email to this address if Azure Monitor receives no samples from the central Prometheus for
     * the time in `silentAfter`.
     */
    silentEmail: z.email(),
  }),
});
