import type { trafficBounds } from './bounds.ts';

export const trafficClusters = ['primary', 'edge'] as const;
export type TrafficCluster = (typeof trafficClusters)[number];

export const trafficModes = ['on', 'off'] as const;
export type TrafficMode = (typeof trafficModes)[number];

export interface TrafficSettings {
  /** Messages per second. */
  readonly rate: number;
  /** Bytes of a message. */
  readonly size: number;
  /** Number of connections that publish. One additional connection consumes the messages. */
  readonly clients: number;
  readonly mode: TrafficMode;
}

/** The fields to change. All other fields keep their values. */
export type TrafficChange = {
  readonly [Field in keyof TrafficSettings]?: TrafficSettings[Field] | undefined;
};

export interface TrafficStatus extends TrafficSettings {
  /** Value of the label `cluster`. */
  readonly cluster: string;
  /** Whether a fault has stopped the consumer. */
  readonly stalled: boolean;
  /** Number of open connections, including the connection of the consumer. */
  readonly connected: number;
  /** Messages per second that the server has accepted during the last seconds. */
  readonly published: number;
  readonly bounds: typeof trafficBounds;
}

export interface Burst {
  /**
   * Cluster that receives the burst.
   * @default primary
   */
  readonly cluster?: TrafficCluster | undefined;
  /**
   * Number of messages.
   * @default 5000, or fewer for large messages
   */
  readonly messages?: number | undefined;
}

/** Reads and changes the traffic of each cluster. */
export interface TrafficControls {
  status(cluster: TrafficCluster): TrafficStatus;
  /**
   * Changes the traffic of a cluster.
   * @throws OutOfBounds if a value is outside its bounds, or if rate times size is too large
   */
  set(cluster: TrafficCluster, change: TrafficChange): void;
}
