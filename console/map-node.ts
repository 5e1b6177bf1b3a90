import { targetMetrics } from '../metrics/definitions/target.ts';
import { div, type Expression, render, select, sum } from '../metrics/promql.ts';
import { type SourceName, sources } from '../sources/index.ts';
import { type KeyExpression, keySeriesOf, type TargetLabels } from './key-series.ts';
import type { ConnectionKind, KeySeries, Place, Topology, TopologyEdge } from './topology.ts';

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
  /** Whether the data flows from the other end to this component. @default true for scrapes and requests */
  readonly fetches?: boolean;
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
  /** Queries whose curves describe the component. @default those of its source, otherwise the rates of its connections */
  readonly keySeries?: readonly KeyExpression[];
}

/** Labels that select the series of a component's target; undefined if the component is not scraped. */
function targetOf({ source, target }: Pick<MapNode, 'source' | 'target'>): TargetLabels | undefined {
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
  const edges = [...scrapes(components, scrapeIntervalSeconds, profile), ...opened];
  return {
    nodes: components.map((component) => {
      const { name, role, place, source, keySeries } = component;
      const target = targetOf(component);
      const series = keySeries ?? (source && target && keySeriesOf(source, target));
      return {
        name,
        role,
        place,
        ...target,
        keySeries:
          series?.map(({ expr, ...rest }) => ({ ...rest, expr: render(expr, profile) })) ??
          ratesAt(name, edges),
      };
    }),
    edges,
    scrapeIntervalSeconds,
  };
}

/** The rates of the connections that a component opens or accepts. */
function ratesAt(name: string, edges: readonly TopologyEdge[]): readonly KeySeries[] {
  return edges
    .filter(({ from, to }) => from === name || to === name)
    .map(({ from, to, kind, rate, unit }) => ({
      title: from === name ? `${kind} to ${to}` : `${kind} from ${from}`,
      expr: rate,
      unit: `suffix:${unit}`,
    }));
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

function edge(from: string, connection: Connection, profile: Profile): TopologyEdge {
  const { to, kind, rate, unit, failures, fetches = kind === 'scrape' || kind === 'requests' } = connection;
  return {
    id: `${from}/${to}/${kind}`,
    from,
    to,
    kind,
    fetches,
    unit,
    rate: render(rate, profile),
    ...(failures && { failures: render(failures, profile) }),
  };
}
