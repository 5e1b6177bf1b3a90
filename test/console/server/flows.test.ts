import { describe, expect, it, vi } from 'vitest';
import { FlowReader, flowQuery } from '../../../console/server/live/flows.ts';
import type { ConnectionKind, Topology, TopologyEdge } from '../../../console/topology.ts';
import type { Series } from '../../../verify/prometheus-api.ts';

const edge = (id: string, kind: ConnectionKind, failures?: string): TopologyEdge => ({
  id,
  from: 'a',
  to: 'b',
  kind,
  fetches: false,
  unit: 'samples/s',
  rate: `rate_of_${id}`,
  ...(failures === undefined ? {} : { failures }),
});
const scrape = edge('s', 'scrape');
const push = edge('p', 'push', 'failures_of_p');
const topology: Topology = { nodes: [], edges: [scrape, push], scrapeIntervalSeconds: 5, profile: 'laptop' };

const series = (id: string, what: 'rate' | 'failures', value: string): Series => ({
  metric: { edge: id, what },
  value: [0, value],
});
const answering = (...results: (readonly Series[] | Error)[]) => ({
  query: vi.fn(async (_expr: string, _options?: { deadlineMs?: number }) => {
    const next = results.length > 1 ? results.shift() : results[0];
    if (next instanceof Error) throw next;
    return next ?? [];
  }),
});

describe('the flows between components', () => {
  it('are read with one query that adds the label `edge`', () => {
    expect(flowQuery([push])).toBe(
      'label_replace(label_replace(rate_of_p, "edge", "p", "", ""), "what", "rate", "", "") or ' +
        'label_replace(label_replace(failures_of_p, "edge", "p", "", ""), "what", "failures", "", "")',
    );
  });

  it('have no rate for a connection if the query returns NaN', async () => {
    const prometheus = answering([series('s', 'rate', '84.2'), series('p', 'rate', 'NaN')]);
    expect(await new FlowReader(prometheus, topology).read(() => 1000)).toEqual({
      at: 1000,
      rates: { s: 84.2 },
      failing: [],
    });
  });

  it('list a scrape with rate 0 as failing, but not a push with rate 0', async () => {
    const prometheus = answering([series('s', 'rate', '0'), series('p', 'rate', '0')]);
    expect((await new FlowReader(prometheus, topology).read(() => 1000)).failing).toEqual(['s']);
  });

  it('list a connection with failures as failing', async () => {
    const prometheus = answering([
      series('s', 'rate', '5'),
      series('p', 'rate', '1'),
      series('p', 'failures', '0.2'),
    ]);
    expect((await new FlowReader(prometheus, topology).read(() => 1000)).failing).toEqual(['p']);
  });

  it('list a scrape as failing if its rate is missing for 20 s', async () => {
    const reader = new FlowReader(answering([]), topology);
    expect((await reader.read(() => 1000)).failing).toEqual([]);
    expect((await reader.read(() => 20_999)).failing).toEqual([]);
    expect((await reader.read(() => 21_000)).failing).toEqual(['s']);
  });

  it('keep the last rates while Prometheus does not answer', async () => {
    const prometheus = answering(
      [series('s', 'rate', '5')],
      new Error(`http://127.0.0.1:9090 for ${flowQuery(topology.edges)}: no answer (timeout)`),
    );
    const reader = new FlowReader(prometheus, topology);
    await reader.read(() => 1000);
    expect(await reader.read(() => 9000)).toEqual({
      at: 1000,
      rates: { s: 5 },
      failing: [],
      error: 'http://127.0.0.1:9090: no answer (timeout)',
    });
  });

  it('have no error after Prometheus answers again', async () => {
    const prometheus = answering(new Error('refused'), [series('s', 'rate', '5')]);
    const reader = new FlowReader(prometheus, topology);
    expect((await reader.read(() => 1000)).error).toBe('refused');
    expect(await reader.read(() => 2000)).toEqual({ at: 2000, rates: { s: 5 }, failing: [] });
  });

  it('are read with a timeout of at most two seconds', async () => {
    const prometheus = answering([]);
    await new FlowReader(prometheus, topology).read();
    expect(prometheus.query.mock.calls[0]?.[1]?.deadlineMs).toBeLessThanOrEqual(2000);
  });

  it('need no query if the topology has no connections', async () => {
    const prometheus = answering([]);
    await new FlowReader(prometheus, { ...topology, edges: [] }).read();
    expect(prometheus.query).not.toHaveBeenCalled();
  });
});
