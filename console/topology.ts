/** Where a component runs: a namespace of a cluster, or `outside` of both. */
export type Place = 'outside' | { readonly cluster: string; readonly namespace: string };

export const connectionKinds = ['scrape', 'remote-write', 'push', 'messages', 'alerts', 'requests'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** A query whose curve describes a component. */
export interface KeySeries {
  readonly title: string;
  /** PromQL of one series. */
  readonly expr: string;
  /** Unit of the value: an id of Grafana such as `bytes`, or a text that follows the number. */
  readonly unit: string;
}

export interface TopologyNode {
  readonly name: string;
  readonly role: string;
  readonly place: Place;
  /** Value of the label `job` of its series, if it is scraped. */
  readonly job?: string;
  /** Value of the label `cluster` of its series, if several clusters have a target with this job. */
  readonly cluster?: string;
  readonly keySeries: readonly KeySeries[];
}

export interface TopologyEdge {
  /** `<from>/<to>/<kind>`, unique. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ConnectionKind;
  /** Whether the data flows from `to` to `from`, as in a scrape. */
  readonly fetches: boolean;
  readonly unit: string;
  /** PromQL of the rate, for "open the query". */
  readonly rate: string;
  /** PromQL that is greater than 0 while the connection fails. */
  readonly failures?: string;
}

/** The nodes and edges of the map. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Seconds between two scrapes; a live value is at most this old, plus one second. */
  readonly scrapeIntervalSeconds: number;
}
