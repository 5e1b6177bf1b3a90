/** A namespace of a cluster, or `outside` of all clusters. */
export type Place = 'outside' | { readonly cluster: string; readonly namespace: string };

export const connectionKinds = ['scrape', 'remote-write', 'push', 'messages', 'alerts', 'requests'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A query whose result the page draws as a curve for a component. */
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
  /** Label `job` of the component's series; absent if Prometheus does not scrape the component. */
  readonly job?: string;
  /** Label `cluster` of the component's series; present if several clusters have a target with the same job. */
  readonly cluster?: string;
  readonly keySeries: readonly KeySeries[];
}

export interface TopologyEdge {
  /** `<from>/<to>/<kind>` */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ConnectionKind;
  /** Whether data flows from `to` to `from`, like in a scrape. */
  readonly fetches: boolean;
  readonly unit: string;
  /** PromQL. The link "Open the query" opens it in the view Explore. */
  readonly rate: string;
  /** PromQL: greater than 0 while the connection fails. */
  readonly failures?: string;
}

/** The map. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** A live rate can be this time plus one second old. */
  readonly scrapeIntervalSeconds: number;
  /** Whether the alerts have the short times of the laptop, or the times of production. */
  readonly profile: 'laptop' | 'production';
  /**
   * Number that is added to all ports of the pipeline.
   * @default 0
   */
  readonly portOffset?: number;
}
