import { targetMetrics } from '../metrics/definitions/target.ts';
import { div, type Expression, render, select, sum } from '../metrics/promql.ts';
import { type SourceName, sources } from '../sources/index.ts';
import type { ConnectionKind, Place, Topology, TopologyEdge } from './topology.ts';

/** A connection that a component opens. */
export interface Connection {
  /** Name of the component at the other end. */
  readonly to: string;
  readonly kind: ConnectionKind;
  /** The rate of the connection: one series without labels. */
  readonly rate: Expression;
  /** Unit of the rate, such as `samples/s`. */
  readonly unit: string;
  /** Greater than 0 while the connection fails: one series without labels. @default a rate of 0 means failure for scrapes and remote writes */
  readonly failures?: Expression;
}

/** A component as the map shows it. The descriptor of each component has these fields. */
export interface MapNode {
  /** Unique in the pipeline. */
  readonly name: string;
  /** What the component does, in a few words. */
  readonly role: string;
  readonly place: Place;
  /** The source that Prometheus scrapes at this component. @default the component is not scraped */
  readonly source?: SourceName;
  /** Labels that select the series of its target. @default only the job of its source */
  readonly target?: TargetLabels;
  /** Connections that the component opens. Scrapes are not listed, because they follow from `source`. */
  readonly connections?: readonly Connection[];
}

/** Several edges may have targets of one job; the label `cluster` distinguishes them. */
export interface TargetLabels {
  readonly job: string;
  readonly cluster?: string;
}

/** Labels that select the series of a component's target; undefined if the component is not scraped. */
export function targetOf({ source, target }: Pick<MapNode, 'source' | 'target'>): TargetLabels | undefined {
  return target ?? (source && { job: sources[source].job });
}

type Profile = Parameters<typeof render>[1];

/** The map of these components. A scrape is an edge from the Prometheus that scrapes to the scraped component. */
export function topologyOf(
  components: readonly MapNode[],
  scrapeIntervalSeconds: number,
  profile: Profile,
): Topology {
  const opened = components.flatMap(({ name, connections = [] }) =>
    connections.map((connection) => edge(name, connection, profile)),
  );
  return {
    nodes: components.map((component) => {
      const { name, role, place } = component;
      return { name, role, place, ...targetOf(component) };
    }),
    edges: [...scrapes(components, scrapeIntervalSeconds, profile), ...opened],
    scrapeIntervalSeconds,
  };
}

function scrapes(
  components: readonly MapNode[],
  scrapeIntervalSeconds: number,
  profile: Profile,
): readonly TopologyEdge[] {
  /** The central Prometheus, or the agent in the cluster of the component. */
  const scraperOf = ({ target }: MapNode, by: 'central' | 'agent') =>
    components.find((other) =>
      by === 'central'
        ? other.source === 'prometheus'
        : other.source === 'prometheusAgent' && other.target?.cluster === target?.cluster,
    );
  return components.flatMap((component) => {
    const { name, source } = component;
    const labels = targetOf(component);
    if (!source || !labels) return [];
    const from = scraperOf(component, sources[source].scrapedBy);
    if (!from || from.name === name) return [];
    const rate = div(sum(select(targetMetrics.scrapeSamples, { ...labels })), scrapeIntervalSeconds);
    return [edge(from.name, { to: name, kind: 'scrape', rate, unit: 'samples/s' }, profile)];
  });
}

function edge(from: string, { to, kind, rate, unit, failures }: Connection, profile: Profile): TopologyEdge {
  return {
    id: `${from}/${to}/${kind}`,
    from,
    to,
    kind,
    unit,
    rate: render(rate, profile),
    ...(failures && { failures: render(failures, profile) }),
  };
}
