import { describe, expect, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { type MapNode, topologyOf } from '../../console/map-node.ts';
import { plannedComponents } from '../../demo/components/list.ts';
import { hostedComponents } from '../../demo/hosted.ts';
import { parseSettings } from '../../demo/settings.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { select } from '../../metrics/promql.ts';
import { sources } from '../../sources/index.ts';

const place = { cluster: 'c', namespace: 'n' } as const;
const small: readonly MapNode[] = [
  { name: 'prometheus', role: 'scrapes', place, source: 'prometheus' },
  { name: 'agent', role: 'scrapes the edge', place, source: 'prometheusAgent' },
  { name: 'exporter', role: 'exposes', place, source: 'edgeNatsExporter' },
  { name: 'pusher', role: 'pushes', place, source: 'batchPusher' },
  {
    name: 'shop',
    role: 'publishes',
    place: 'outside',
    connections: [
      { to: 'nats', kind: 'messages', rate: select(natsMetrics.inMsgs), unit: 'messages/s' },
      { to: 'pusher', kind: 'requests', rate: select(natsMetrics.inMsgs), unit: 'runs/min', fetches: false },
    ],
  },
  { name: 'nats', role: 'messaging', place },
];

function settingsOf(...args: string[]) {
  return parseSettings('/project', args);
}

describe('the topology of a pipeline', () => {
  const topology = topologyOf(small, 5, 'laptop');
  const edge = (id: string) => topology.edges.find((candidate) => candidate.id === id);

  it('connects a scraper to its scrape targets, but not to itself', () => {
    const scrapes = topology.edges.filter(({ kind }) => kind === 'scrape').map(({ id }) => id);
    expect(scrapes).toEqual(['agent/exporter/scrape', 'prometheus/pusher/scrape']);
    expect(edge('agent/exporter/scrape')?.rate).toBe(
      `sum(scrape_samples_scraped{job="${sources.edgeNatsExporter.job}"}) / 5`,
    );
  });

  it('contains no scrape connection to a component that has no `source`', () => {
    expect(topology.edges.some(({ kind, to }) => kind === 'scrape' && to === 'nats')).toBe(false);
  });

  it('marks a scrape as a connection that fetches data', () => {
    expect(edge('agent/exporter/scrape')?.fetches).toBe(true);
    expect(edge('shop/nats/messages')?.fetches).toBe(false);
    expect(edge('shop/pusher/requests')?.fetches).toBe(false);
  });

  it('shows connection rates for a component without a `source`', () => {
    const nats = topology.nodes.find(({ name }) => name === 'nats');
    expect(nats?.keySeries).toEqual([
      { title: 'messages from shop', expr: 'nats_varz_in_msgs', unit: 'suffix:messages/s' },
    ]);
  });

  it('has a chart of the scrape duration for a component with a `source`', () => {
    const exporter = topology.nodes.find(({ name }) => name === 'exporter');
    expect(exporter?.keySeries.map(({ title }) => title)).toEqual([
      'Duration of a scrape',
      'Samples of a scrape',
    ]);
  });

  it.each([
    ['no option', settingsOf()],
    ['option --live-rates', settingsOf('--live-rates')],
    ['option --airflow', settingsOf('--airflow')],
  ])('has no duplicate components or connections (%s)', (_, settings) => {
    const nodes = [...plannedComponents(settings), ...hostedComponents(settings)];
    const { nodes: drawn, edges } = topologyOf(nodes, scrapeIntervalSeconds.laptop, 'laptop');
    const names = drawn.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(edges.filter(({ from, to }) => !names.includes(from) || !names.includes(to))).toEqual([]);
    const ids = edges.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(edges.length).toBeGreaterThan(10);
  });

  it('contains the components of Airflow before Airflow is installed', () => {
    const names = (...args: string[]) =>
      topologyOf(plannedComponents(settingsOf(...args)), scrapeIntervalSeconds.laptop, 'laptop').nodes.map(
        ({ name }) => name,
      );
    expect(names('--airflow')).toEqual([...names(), 'airflow', 'airflow-scheduler', 'airflow-dag-processor']);
  });
});
