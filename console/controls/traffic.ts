import type { trafficBounds } from './bounds.ts';

export const trafficClusters = ['primary', 'edge'] as const;
export type TrafficCluster = (typeof trafficClusters)[number];

export const trafficModes = ['on', 'off'] as const;
export type TrafficMode = (typeof trafficModes)[number];

export interface TrafficSettings {
  /** Messages a second. */
  readonly rate: number;
  /** Bytes of a message. */
  readonly size: number;
  /** Connections that publish. One more connection consumes. */
  readonly clients: number;
  readonly mode: TrafficMode;
}

/** The fields to change; the other fields stay. */
export type TrafficChange = {
  readonly [Field in keyof TrafficSettings]?: TrafficSettings[Field] | undefined;
};

export interface TrafficStatus extends TrafficSettings {
  /** Value of the label `cluster`. */
  readonly cluster: string;
  /** Whether a fault stalls the consumer. */
  readonly stalled: boolean;
  /** Connections that are open now, the consumer included. */
  readonly connected: number;
  /** Messages a second that the server has accepted within the last seconds. */
  readonly published: number;
  readonly bounds: typeof trafficBounds;
}

export interface Burst {
  /** @default primary */
  readonly cluster?: TrafficCluster | undefined;
  /** @default 5000, fewer for large messages */
  readonly messages?: number | undefined;
}

/** Reads and changes the traffic of each cluster. */
export interface TrafficControls {
  status(cluster: TrafficCluster): TrafficStatus;
  /** @throws OutOfBounds if rate times size is too large */
  set(cluster: TrafficCluster, change: TrafficChange): void;
}
