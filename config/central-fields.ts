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
   * Maximum size of the blocks and the write-ahead log together. Above this size, Prometheus deletes the oldest blocks.
   * A compaction needs additional space on the volume.
   */
  size: tsdbSize,
});

const central = z.strictObject({
  /** Labels of all series of the central cluster. */
  labels: clusterLabels,
  /**
   * Limits for the data of the central Prometheus. Set both `central.retention` and `central.volume`, or set neither.
   * @default a maximum age of 1d
   */
  retention: retention.exactOptional(),
  /** Size of the volume of Prometheus. Without a volume, all data is deleted with the pod. */
  volume: bytes.exactOptional(),
  /**
   * Expected number of active series of all clusters together. The series of an edge with two agents count twice. The
   * number determines the size of Thanos. For Prometheus, a check compares the number with the memory limit.
   * @default for Thanos: 60000 plus the expected series of all edges; for Prometheus: no check
   */
  expectedSeries: z.int().min(1_000).max(100_000_000).exactOptional(),
  /**
   * Maximum age of an arriving sample. After an outage of at most this time, an edge can still send all its samples.
   */
  outOfOrderWindow: prometheusDuration,
  /**
   * Namespaces of other teams. The platform also uses the monitors, rules and Alertmanager configurations in these
   * namespaces.
   * @default none
   */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  /** CPU and memory of the central Prometheus. */
  resources,
  /**
   * The remote-write receiver for edges in separate clusters. Required if the environment has such an edge.
   */
  receiver: z
    .strictObject({
      /**
       * Host name to which the agents connect. On Azure, the name must be in the zone `network.privateZone`.
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
       * Annotations that make the load balancer internal. Set `{}` if no annotation is necessary.
       * @default the annotations of Azure on Azure; required on other platforms
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

const thanosSettings = z.strictObject({
  /**
   * Number of ingesters.
   * @default enough for `central.expectedSeries`, at least 3 and at least `central.thanos.replication`
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
   * How long Thanos keeps samples. Without an object store, Thanos keeps the samples on the volumes of the ingesters.
   * @default 1y with an object store; `central.retention.time` or 10d without an object store
   */
  retention: prometheusDuration.exactOptional(),
  /**
   * The keys are names of edges, the values are their tenants. Each additional tenant needs 4.2 MB of memory in every
   * ingester.
   * @default one tenant
   */
  tenants: z.record(edgeName, dnsLabel).exactOptional(),
});

const alsoWriteTo = z.enum(['prometheus', 'thanos']).exactOptional();

export const prometheusEngine = central.extend({
  engine: z.literal('prometheus'),
  /**
   * The second engine during a move between engines (docs/move-to-thanos.md). The second engine sends no alerts.
   * @default none
   */
  alsoWriteTo,
  /**
   * Sizes and tenants of Thanos. The setting is permitted only if Thanos is the engine or the second engine.
   * @default the sizes are calculated from `central.expectedSeries`
   */
  thanos: thanosSettings.exactOptional(),
});

export const thanosEngine = central.extend({
  engine: z.literal('thanos'),
  alsoWriteTo,
  /** @default the sizes are calculated from `central.expectedSeries` */
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
     * Azure Monitor sends an alert from outside the cluster if the central Prometheus sends no samples for this time.
     */
    silentAfter: isoDuration,
    /**
     * Azure Monitor sends an email to this address if Azure Monitor receives no samples from the central Prometheus for
     * the time in `silentAfter`.
     */
    silentEmail: z.email(),
  }),
});
