export type Place = 'outside' | { readonly cluster: string; readonly namespace: string };

/** Title of an edge cluster on the map. */
export const edgeTitle = (cluster: string): string => `edge cluster: ${cluster}`;

export const connectionKinds = ['scrape', 'remote-write', 'push', 'messages', 'alerts', 'requests'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A query that the page draws as a curve. */
export interface KeySeries {
  readonly title: string;
  /** PromQL expression that returns one series. */
  readonly expr: string;
  /** Id of a Grafana unit such as `bytes`. Any other text is shown after the number. */
  readonly unit: string;
}

export interface TopologyNode {
  readonly name: string;
  readonly role: string;
  readonly place: Place;
  /** Absent if Prometheus does not scrape the component. */
  readonly job?: string;
  /** Value of the label `cluster` of the target. If absent, `job` alone identifies the target. */
  readonly cluster?: string;
  readonly keySeries: readonly KeySeries[];
}

export interface TopologyEdge {
  /** `<from>/<to>/<kind>` */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ConnectionKind;
  /** True if `from` reads data from `to`, as in a scrape. False if `from` sends data to `to`. */
  readonly fetches: boolean;
  readonly unit: string;
  /** A PromQL expression. */
  readonly rate: string;
  /** A PromQL expression. Its value is greater than 0 while the connection fails. */
  readonly failures?: string;
}

/** The map. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly scrapeIntervalSeconds: number;
  /** The thresholds of the alerts: short times for a laptop, or the times of production. */
  readonly profile: 'laptop' | 'production';
  /**
   * Number that is added to every port of the pipeline.
   * @default 0
   */
  readonly portOffset?: number;
}
