import { targetMetrics } from '../metrics/definitions/target.ts';
import { div, type Expression, render, select, sum } from '../metrics/promql.ts';
import { type SourceName, sources } from '../sources/index.ts';
import { type KeyExpression, keySeriesOf } from './key-series.ts';
import type { ConnectionKind, KeySeries, Place, Topology, TopologyEdge } from './topology.ts';

/** A connection that a component opens. */
export interface Connection {
  /** Name of the component at the other end. */
  readonly to: string;
  readonly kind: ConnectionKind;
  /** Expression of the connection's rate. It returns a single series without labels. */
  readonly rate: Expression;
  /** Unit of the rate, such as `samples/s`. */
  readonly unit: string;
  /**
   * Expression that is greater than 0 while the connection fails. It returns a single series without labels.
   * @default a rate of 0 means a failure, only for scrapes and remote writes
   */
  readonly failures?: Expression;
  /**
   * Whether the data flows from the component at the other end to this component.
   * @default true for scrapes and requests
   */
  readonly fetches?: boolean;
}

/** A component as the map shows it. The descriptors of all components have these fields. */
export interface MapNode {
  /** Name of the component, unique in the pipeline. */
  readonly name: string;
  /** Purpose of the component in a few words. */
  readonly role: string;
  readonly place: Place;
  /**
   * The source that Prometheus scrapes at this component.
   * @default Prometheus does not scrape the component
   */
  readonly source?: SourceName;
  /** Connections that the component opens. Scrapes are not in the list, because the map derives them from `source`. */
  readonly connections?: readonly Connection[];
  /**
   * Queries whose curves describe the component.
   * @default the key series of its source, or otherwise the rates of its connections
   */
  readonly keySeries?: readonly KeyExpression[];
}

type Profile = Parameters<typeof render>[1];

/** The map of the given components. A scrape is an edge from the scraping Prometheus to the scraped component. */
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
    nodes: components.map(({ name, role, place, source, keySeries }) => ({
      name,
      role,
      place,
      ...(source && { job: sources[source].job }),
      keySeries:
        (keySeries ?? (source && keySeriesOf(source)))?.map(({ expr, ...rest }) => ({
          ...rest,
          expr: render(expr, profile),
        })) ?? ratesAt(name, edges),
    })),
    edges,
    scrapeIntervalSeconds,
  };
}

/** The rates of all connections that a component opens or accepts. */
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
  const scraperOf = (by: 'central' | 'agent') =>
    components.find(({ source }) => source === (by === 'central' ? 'prometheus' : 'prometheusAgent'));
  return components.flatMap(({ name, source }) => {
    if (!source) return [];
    const { job, scrapedBy } = sources[source];
    const from = scraperOf(scrapedBy);
    if (!from || from.name === name) return [];
    const rate = div(sum(select(targetMetrics.scrapeSamples, { job })), scrapeIntervalSeconds);
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
