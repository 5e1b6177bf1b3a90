import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import type { Flows } from '../../live.ts';
import type { Topology, TopologyEdge } from '../../topology.ts';

/** A short timeout: if Prometheus hangs, the page must soon show that the rates are old. */
const deadlineMs = 2000;
/** In a new pipeline, every connection has a series after this number of scrapes. */
const firstScrapes = 4;

const rateOf = 'rate';
const failuresOf = 'failures';

/** One query for all connections. The label `edge` of a result contains the id of the connection. */
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

const silentIsFailing = (edge: TopologyEdge) => edge.kind === 'scrape' || edge.kind === 'remote-write';

/** Reads the rates of all connections. Returns the last rates while Prometheus does not answer. */
export class FlowReader {
  readonly #prometheus: Pick<PrometheusApi, 'query'>;
  readonly #topology: Topology;
  readonly #query: string;
  #last: Flows = { at: 0, rates: {}, failing: [] };
  #firstAnswerAt: number | undefined;

  constructor(prometheus: Pick<PrometheusApi, 'query'>, topology: Topology) {
    this.#prometheus = prometheus;
    this.#topology = topology;
    this.#query = flowQuery(topology.edges);
  }

  async read(clock: () => number = Date.now): Promise<Flows> {
    if (this.#query === '') return { ...this.#last, at: clock() };
    try {
      const series = await this.#prometheus.query(this.#query, { deadlineMs });
      const at = clock();
      this.#firstAnswerAt ??= at;
      const settled = at - this.#firstAnswerAt >= firstScrapes * this.#topology.scrapeIntervalSeconds * 1000;
      this.#last = { at, ...flowsOf(this.#topology.edges, series, settled) };
      return this.#last;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      // The text of the query is long and does not explain the error.
      return { ...this.#last, error: text.replace(` for ${this.#query}`, '') };
    }
  }
}

type Results = Awaited<ReturnType<PrometheusApi['query']>>;

function flowsOf(
  edges: readonly TopologyEdge[],
  series: Results,
  settled: boolean,
): Pick<Flows, 'rates' | 'failing'> {
  const values = new Map(
    series.flatMap(({ metric, value }) =>
      value === undefined ? [] : [[`${metric.what} ${metric.edge}`, Number(value[1])] as const],
    ),
  );
  const rates: Record<string, number> = {};
  const failing: string[] = [];
  for (const edge of edges) {
    const rate = values.get(`${rateOf} ${edge.id}`);
    const isKnown = rate !== undefined && !Number.isNaN(rate);
    if (isKnown) rates[edge.id] = rate;
    const isSilent = isKnown ? rate === 0 : settled;
    const hasFailures = (values.get(`${failuresOf} ${edge.id}`) ?? 0) > 0;
    if (hasFailures || (silentIsFailing(edge) && isSilent)) failing.push(edge.id);
  }
  return { rates, failing };
}
