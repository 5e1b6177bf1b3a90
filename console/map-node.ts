import { targetMetrics } from '../metrics/definitions/target.ts';
import { div, type Expression, render, select, sum } from '../metrics/promql.ts';
import { type SourceName, sources } from '../sources/index.ts';
import { type KeyExpression, keySeriesOf, type TargetLabels } from './key-series.ts';
import type { ConnectionKind, KeySeries, Place, Topology, TopologyEdge } from './topology.ts';

/** A connection that a component opens. */
export interface Connection {
  readonly to: string;
  readonly kind: ConnectionKind;
  /** Query for the traffic, such as messages per second. The result must be one series without labels. */
  readonly rate: Expression;
  readonly unit: string;
  /** Query for failures, such as failed messages per second. The result must be one series without labels. */
  readonly failures?: Expression;
  readonly fetches?: boolean;
}

export interface MapNode {
  readonly name: string;
  readonly role: string;
  readonly place: Place;
  /**
   * The source of the metrics of this component.
   * @default none: the map shows no scrape of the component
   */
  readonly source?: SourceName;
  /**
   * Labels of the Prometheus target.
   * @default the label `job` of the `source`
   */
  readonly target?: TargetLabels;
  /** Connections that this component opens, except scrapes. `topologyOf` adds the scrapes. */
  readonly connections?: readonly Connection[];
  /** Chart series of the component. If undefined, `source` or the connections determine the series. */
  readonly keySeries?: readonly KeyExpression[];
}

function targetOf({ source, target }: Pick<MapNode, 'source' | 'target'>): TargetLabels | undefined {
  return target ?? (source && { job: sources[source].job });
}

type Profile = NonNullable<Parameters<typeof render>[1]>;

/** Builds the map. Adds a connection from the scraping program to each component with a `source`. */
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
    profile,
  };
}

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
