import { describe, expect, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../../../config/knobs.ts';
import { topologyOf } from '../../../../console/map-node.ts';
import type { Topology } from '../../../../console/topology.ts';
import type { Point, Rectangle } from '../../../../console/web/views/map/layout/geometry.ts';
import { lanesOf } from '../../../../console/web/views/map/layout/lanes.ts';
import { layoutOf } from '../../../../console/web/views/map/layout/layout.ts';
import { ranksOf } from '../../../../console/web/views/map/layout/ranks.ts';
import { plannedComponents } from '../../../../demo/components/list.ts';
import { hostedComponents } from '../../../../demo/hosted.ts';
import { parseSettings } from '../../../../demo/settings.ts';

function laptop(...args: string[]): Topology {
  const settings = parseSettings('/project', args);
  const nodes = [...plannedComponents(settings), ...hostedComponents(settings)];
  return topologyOf(nodes, scrapeIntervalSeconds.laptop, 'laptop');
}

function withMoreEdges(topology: Topology): Topology {
  const isEdge = (name: string) => name.startsWith('edge-') || name === 'prometheus-agent';
  const copies = ['east', 'west'].map((cluster) => {
    const renamed = (name: string) => (isEdge(name) ? `${cluster}-${name}` : name);
    return {
      nodes: topology.nodes
        .filter(({ name }) => isEdge(name))
        .map((node) => ({ ...node, name: renamed(node.name), place: { cluster, namespace: 'nats' } })),
      edges: topology.edges
        .filter(({ from }) => isEdge(from))
        .map((edge) => {
          const [from, to] = [renamed(edge.from), renamed(edge.to)];
          return { ...edge, from, to, id: `${from}/${to}/${edge.kind}` };
        }),
    };
  });
  return {
    ...topology,
    nodes: [...topology.nodes, ...copies.flatMap(({ nodes }) => nodes)],
    edges: [...topology.edges, ...copies.flatMap(({ edges }) => edges)],
  };
}

const pipelines: readonly (readonly [string, Topology])[] = [
  ['the laptop', laptop()],
  ['the laptop with Airflow', laptop('--airflow')],
  ['three edge clusters', withMoreEdges(laptop())],
  ['a single component', { ...laptop(), nodes: laptop().nodes.slice(0, 1), edges: [] }],
];

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (box: Rectangle, inner: Rectangle) =>
  inner.x >= box.x &&
  inner.y >= box.y &&
  inner.x + inner.width <= box.x + box.width &&
  inner.y + inner.height <= box.y + box.height;
const touches = ({ x, y, width, height }: Rectangle, point: Point) =>
  point.x >= x - 1 && point.x <= x + width + 1 && point.y >= y - 1 && point.y <= y + height + 1;
/** A line may touch the border of the component at which it ends. */
const inside = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x + 3,
  y: y + 3,
  width: width - 6,
  height: height - 6,
});
const rectangleAround = (a: Point, b: Point): Rectangle => ({
  x: Math.min(a.x, b.x) - 1,
  y: Math.min(a.y, b.y) - 1,
  width: Math.abs(a.x - b.x) + 2,
  height: Math.abs(a.y - b.y) + 2,
});

describe.each(pipelines)('the map of %s', (_, topology) => {
  const layout = layoutOf(topology);
  const node = (name: string) => layout.nodes.find((candidate) => candidate.name === name) as Rectangle;

  it('draws every component and every connection once', () => {
    expect(layout.nodes.map(({ name }) => name).sort()).toEqual(
      topology.nodes.map(({ name }) => name).sort(),
    );
    expect(layout.routes.map(({ id }) => id).sort()).toEqual(topology.edges.map(({ id }) => id).sort());
  });

  it('draws no component over another component', () => {
    const overlaps = layout.nodes.flatMap((a, index) =>
      layout.nodes.slice(index + 1).flatMap((b) => (overlap(a, b) ? [`${a.name} and ${b.name}`] : [])),
    );
    expect(overlaps).toEqual([]);
    const picture = { x: 0, y: 0, width: layout.width, height: layout.height };
    expect([...layout.nodes, ...layout.boxes].filter((item) => !contains(picture, item))).toEqual([]);
  });

  it('draws each component only inside the boxes of its cluster and namespace', () => {
    for (const { name, place } of topology.nodes) {
      const around = layout.boxes.filter((box) => overlap(box, node(name)));
      expect(around.filter((box) => !contains(box, node(name)))).toEqual([]);
      expect({ name, boxes: around.map(({ title }) => title) }).toEqual({
        name,
        boxes: place === 'outside' ? [] : [place.cluster, place.namespace],
      });
    }
  });

  it('draws no connection through a component', () => {
    for (const { id, from, to, fetches } of topology.edges) {
      const route = layout.routes.find((candidate) => candidate.id === id);
      const points = route?.points ?? [];
      const [source, target] = fetches ? [to, from] : [from, to];
      expect({ id, starts: touches(node(source), points[0] as Point) }).toEqual({ id, starts: true });
      expect({ id, ends: touches(node(target), points.at(-1) as Point) }).toEqual({ id, ends: true });
      expect(route?.arrowAt).toBe(fetches ? 'first' : 'last');
      const crossed = points.slice(1).flatMap((point, index) => {
        const line = rectangleAround(points[index] as Point, point);
        return layout.nodes.filter((other) => {
          const isEnd = other.name === from || other.name === to;
          return overlap(line, isEnd ? inside(other) : other);
        });
      });
      expect({ id, crossed: crossed.map(({ name }) => name) }).toEqual({ id, crossed: [] });
    }
  });

  it('draws no parallel connection lines on top of each other', () => {
    const pieces = layout.routes.flatMap(({ id, points }) =>
      points.slice(1).map((point, index) => ({ id, line: rectangleAround(points[index] as Point, point) })),
    );
    const isVertical = ({ width, height }: Rectangle) => height > width;
    const shared = pieces.flatMap((a, index) =>
      pieces
        .slice(index + 1)
        .filter((b) => a.id !== b.id && isVertical(a.line) === isVertical(b.line) && overlap(a.line, b.line))
        .map((b) => `${a.id} and ${b.id}`),
    );
    expect(shared).toEqual([]);
  });

  it('has the same layout each time', () => {
    expect(layoutOf(topology)).toEqual(layout);
  });
});

describe('the map of the laptop pipeline', () => {
  it('fits on the screen of a projector at a scale of 80 %', () => {
    const { width, height } = layoutOf(laptop());
    expect(Math.min((1280 - 350) / width, (720 - 120) / height)).toBeGreaterThan(0.8);
  });
});

describe('the ranks on the map', () => {
  it('are negative for the components that send data to Prometheus', () => {
    const { hub, rank } = ranksOf(laptop());
    expect(hub).toBe('prometheus');
    expect(rank.get('nats-exporter')).toBe(-1);
    expect(rank.get('nats')).toBe(-2);
    expect(rank.get('alertmanager')).toBe(1);
    expect(rank.get('console')).toBe(2);
  });
});

describe('the lanes of the connection lines', () => {
  it('are different for lines that overlap', () => {
    const lanes = lanesOf([
      { id: 'far', upper: 0, lower: 400 },
      { id: 'near', upper: 200, lower: 420 },
      { id: 'apart', upper: 900, lower: 600 },
    ]);
    expect(Object.fromEntries(lanes)).toEqual({ near: 0, far: 1, apart: 0 });
  });
});
