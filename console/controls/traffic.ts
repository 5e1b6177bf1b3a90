import type { trafficBounds } from './bounds.ts';

export const trafficClusters = ['primary', 'edge'] as const;
export type TrafficCluster = (typeof trafficClusters)[number];

export const trafficModes = ['on', 'off'] as const;
export type TrafficMode = (typeof trafficModes)[number];

export interface TrafficSettings {
  /** Messages per second. */
  readonly rate: number;
  /** Size of a message in bytes. */
  readonly size: number;
  /** Number of publishing connections, without the connection of the consumer. */
  readonly clients: number;
  readonly mode: TrafficMode;
}

/** New settings of the traffic. A setting without a new value stays unchanged. */
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
  /** Messages per second that the NATS server has accepted. */
  readonly published: number;
  readonly bounds: typeof trafficBounds;
}

export interface Burst {
  /** @default primary */
  readonly cluster?: TrafficCluster | undefined;
  /** Number of messages. Undefined means the largest allowed number. */
  readonly messages?: number | undefined;
}

export interface TrafficControls {
  status(cluster: TrafficCluster): TrafficStatus;
  /** @throws OutOfBounds if a value is outside its bounds, or if `rate` multiplied by `size` is too large */
  set(cluster: TrafficCluster, change: TrafficChange): void;
}
