import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import type { Flows } from '../../live.ts';
import type { Topology, TopologyEdge } from '../../topology.ts';

const rateOf = 'rate';
const failuresOf = 'failures';

/** One query for all edges: each result carries the id of its edge and what it is. */
export function flowQuery(edges: readonly TopologyEdge[]): string {
  const tagged = (expr: string, id: string, what: string) =>
    `label_replace(label_replace(${expr}, "edge", ${JSON.stringify(id)}, "", ""), "what", "${what}", "", "")`;
  return edges
    .flatMap(({ id, rate, failures }) => [
      tagged(rate, id, rateOf),
      ...(failures === undefined ? [] : [tagged(failures, id, failuresOf)]),
    ])
    .join(' or ');
}

/** Edges that fail when nothing flows; on the others a rate of 0 is normal. */
const silentIsFailing = (edge: TopologyEdge) => edge.kind === 'scrape' || edge.kind === 'remote-write';

/** Reads the rates of all edges from Prometheus. @throws Error if Prometheus does not answer */
export async function readFlows(prometheus: PrometheusApi, { edges }: Topology, now: number): Promise<Flows> {
  const series = await prometheus.query(flowQuery(edges));
  const read = (edge: TopologyEdge, what: string): number | undefined => {
    const found = series.find(({ metric }) => metric.edge === edge.id && metric.what === what);
    return found?.value === undefined ? undefined : Number(found.value[1]);
  };
  const rates = edges.flatMap((edge) => {
    const rate = read(edge, rateOf);
    return rate === undefined || Number.isNaN(rate) ? [] : [[edge.id, rate] as const];
  });
  const known = Object.fromEntries(rates);
  const failing = edges.filter(
    (edge) => (read(edge, failuresOf) ?? 0) > 0 || (silentIsFailing(edge) && (known[edge.id] ?? 0) === 0),
  );
  return { at: now, rates: known, failing: failing.map(({ id }) => id) };
}
