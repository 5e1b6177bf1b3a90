/** The place where a component runs: a namespace of a cluster, or `outside` of all clusters. */
export type Place = 'outside' | { readonly cluster: string; readonly namespace: string };

export const connectionKinds = ['scrape', 'remote-write', 'push', 'messages', 'alerts', 'requests'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A query whose curve describes a component. */
export interface KeySeries {
  readonly title: string;
  /** PromQL that returns a single series. */
  readonly expr: string;
  /** Unit of the value: the id of a unit in Grafana such as `bytes`, or a text that follows the number. */
  readonly unit: string;
}

export interface TopologyNode {
  readonly name: string;
  readonly role: string;
  readonly place: Place;
  /** Value of the label `job` of the component's series. Not set if Prometheus does not scrape the component. */
  readonly job?: string;
  /**
   * Value of the label `cluster` of the component's series. Set only if several clusters have a target with the same
   * job.
   */
  readonly cluster?: string;
  readonly keySeries: readonly KeySeries[];
}

export interface TopologyEdge {
  /** Unique id of the connection: `<from>/<to>/<kind>`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ConnectionKind;
  /** Whether the data flows from `to` to `from`, as in a scrape. */
  readonly fetches: boolean;
  readonly unit: string;
  /** PromQL of the rate. The link "Open the query" opens it in the Explore view. */
  readonly rate: string;
  /** PromQL whose value is greater than 0 while the connection fails. */
  readonly failures?: string;
}

/** The components and connections of the map. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Seconds between two scrapes. A live rate can be this time plus one second old. */
  readonly scrapeIntervalSeconds: number;
  /** Whether the alerts have the short times of the laptop, or the times of production. */
  readonly profile: 'laptop' | 'production';
  /**
   * Number that is added to all ports of the pipeline.
   * @default 0
   */
  readonly portOffset?: number;
}
