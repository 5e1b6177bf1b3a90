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
  /** Maximum size of blocks and write-ahead log. Above this size, Prometheus deletes the oldest blocks. */
  size: tsdbSize,
});

const central = z.strictObject({
  /** Labels of all series of the central cluster. */
  labels: clusterLabels,
  /**
   * Limits for the data of the central Prometheus. Set `central.volume` too.
   * @default a maximum age of 1d
   */
  retention: retention.exactOptional(),
  /** Size of the volume of Prometheus. Without a volume, all data is deleted with the pod. */
  volume: bytes.exactOptional(),
  /**
   * Number of active series of all clusters. The series of an edge with two agents count twice.
   * If the number is absent, the memory limit of Prometheus is not checked.
   * @default for Thanos: 60000 plus the expected series of all edges
   */
  expectedSeries: z.int().min(1_000).max(100_000_000).exactOptional(),
  /** Maximum age of an arriving sample. After an outage, the receiver refuses older samples of an edge. */
  outOfOrderWindow: prometheusDuration,
  /**
   * Namespaces of other teams. Their monitors, rules and Alertmanager configurations also apply.
   * @default none
   */
  monitorNamespaces: z.array(dnsLabel).exactOptional(),
  /** CPU and memory of the central Prometheus. */
  resources,
  /** The remote-write receiver. Required if an edge is outside the central cluster. */
  receiver: z
    .strictObject({
      /**
       * Host name to which the agents connect. On Azure, the name must be in the zone `network.privateZone`.
       */
      host: dnsName,
      /** Fixed address of the internal load balancer. On Azure: an address in `network.loadBalancers`. */
      ip: ipv4,
      /** IPv4 ranges from which agents may connect. */
      sourceRanges: z.array(admittedRange).min(1),
      /**
       * Annotations of the Service that make the load balancer internal. `{}` sets no annotation.
       * Platforms other than Azure require this field.
       * @default the annotations of Azure
       */
      annotations: z.record(labelKey, annotation).exactOptional(),
    })
    .exactOptional(),
});

const thanosSettings = z.strictObject({
  /**
   * Number of ingesters.
   * @default calculated from `central.expectedSeries`; minimum: 3, or 5 with 5 copies
   */
  ingesters: z.int().min(1).max(30).exactOptional(),
  /**
   * Copies of each sample: 1, 3 or 5. With 3 copies, one ingester may fail. With 5 copies, two may fail.
   * @default 3
   */
  replication: z.int().min(1).max(5).exactOptional(),
  /**
   * Size of the volume of each ingester.
   * @default enough for `central.expectedSeries` and the retention
   */
  volume: bytes.exactOptional(),
  /**
   * How long Thanos keeps samples.
   * @default with an object store: 1y; otherwise: `central.retention.time` or 10d
   */
  retention: prometheusDuration.exactOptional(),
  /**
   * Tenants by edge name. Each additional tenant needs 4.2 MB of memory in every ingester.
   * @default one tenant
   */
  tenants: z.record(edgeName, dnsLabel).exactOptional(),
});

const alsoWriteTo = z.enum(['prometheus', 'thanos']).exactOptional();

export const prometheusEngine = central.extend({
  engine: z.literal('prometheus'),
  /**
   * Second engine during a move (docs/move-to-thanos.md). The second engine sends no alerts.
   * @default none
   */
  alsoWriteTo,
  /**
   * Sizes and tenants of Thanos. Permitted only if Thanos receives samples.
   * @default sizes for `central.expectedSeries`
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
    /** Azure Monitor sends an alert if the central Prometheus sends no samples for this time. */
    silentAfter: isoDuration,
    /** Azure Monitor sends the alert about missing samples to this email address. */
    silentEmail: z.email(),
  }),
});
