/** Where a component runs: a namespace of a cluster, or `outside` of both. */
export type Place = 'outside' | { readonly cluster: string; readonly namespace: string };

export const connectionKinds = ['scrape', 'remote-write', 'push', 'messages', 'alerts', 'requests'] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

export interface TopologyNode {
  readonly name: string;
  readonly role: string;
  readonly place: Place;
  /** Value of the label `job` of its series, if it is scraped. */
  readonly job?: string;
  /** Value of the label `cluster` of its series, if several clusters have a target with this job. */
  readonly cluster?: string;
}

export interface TopologyEdge {
  /** `<from>/<to>/<kind>`, unique. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: ConnectionKind;
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
