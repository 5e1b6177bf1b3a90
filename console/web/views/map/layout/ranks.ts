import type { Topology, TopologyEdge } from '../../../../topology.ts';

export interface Flow {
  readonly source: string;
  readonly target: string;
}

export function flowOf({ from, to, fetches }: TopologyEdge): Flow {
  return fetches ? { source: to, target: from } : { source: from, target: to };
}

export interface Ranks {
  /** The component with the most incoming flows: the central Prometheus. */
  readonly hub: string | undefined;
  /** The key is the name of a component. A negative rank means that the component sends data to the hub. */
  readonly rank: ReadonlyMap<string, number>;
  readonly flows: readonly Flow[];
}

/** Highest priority first. In a cycle, the ranks ignore the connection with the lowest priority. */
const order = ['remote-write', 'push', 'messages', 'alerts', 'scrape', 'requests'] as const;

/** A rank is the length of the longest path between the component and the hub. */
export function ranksOf({ nodes, edges }: Topology): Ranks {
  const sorted = [...edges].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const flows: Flow[] = [];
  for (const edge of sorted) {
    const flow = flowOf(edge);
    if (!reaches(flows, flow.target, flow.source)) flows.push(flow);
  }
  const incoming = (name: string) => flows.filter(({ target }) => target === name).length;
  const hub = nodes.reduce<string | undefined>(
    (best, { name }) => (best === undefined || incoming(name) > incoming(best) ? name : best),
    undefined,
  );
  const rank = new Map<string, number>();
  if (hub === undefined) return { hub, rank, flows };
  for (const { name } of nodes) {
    const above = longest(flows, name, hub);
    const below = longest(flows, hub, name);
    if (above !== undefined) rank.set(name, -above);
    else if (below !== undefined) rank.set(name, below);
  }
  return { hub, rank, flows };
}

function reaches(flows: readonly Flow[], from: string, to: string): boolean {
  return from === to || flows.some(({ source, target }) => source === from && reaches(flows, target, to));
}

/** Number of flows on the longest path. Undefined without a path. `flows` must not contain a cycle. */
function longest(flows: readonly Flow[], from: string, to: string): number | undefined {
  if (from === to) return 0;
  const lengths = flows.flatMap(({ source, target }) => {
    if (source !== from) return [];
    const rest = longest(flows, target, to);
    return rest === undefined ? [] : [rest + 1];
  });
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}
