import type { Topology } from '../../../../topology.ts';
import type { PlacedColumn } from './anchors.ts';
import { groupsOf } from './cells.ts';
import { drawRoutes } from './draw-routes.ts';
import {
  type Box,
  boxPadding,
  clusterGap,
  columnGap,
  type Layout,
  labelHeight,
  laneGap,
  namespaceGap,
  nodeSize,
  type PlacedNode,
  titleHeight,
} from './geometry.ts';
import { planRoutes } from './routes.ts';

/** Space for an arrow between the last lane and the next row. */
const arrowSpace = 12;
const margin = 8;
const titleSpace = titleHeight + boxPadding / 2;

/** Data flows down to the central Prometheus. The same topology always gives the same picture. */
export function layoutOf(topology: Topology): Layout {
  const { columns, width } = columnsOf(topology);
  const plan = planRoutes(topology, columns);
  const rows = rowsOf(topology, columns, plan);
  const nodes: readonly PlacedNode[] = columns.map(({ cell, x, width: cellWidth }) => ({
    name: cell.name,
    x,
    y: rows.get(cell.row)?.y ?? 0,
    width: cellWidth,
    height: nodeSize.height,
  }));
  const boxes = boxesOf(topology, nodes);
  const bottom = Math.max(0, ...[...nodes, ...boxes].map(({ y, height }) => y + height));
  return {
    width,
    height: bottom + margin,
    nodes,
    boxes,
    routes: drawRoutes(plan, nodes, (row) => rows.get(row)?.laneY ?? 0),
  };
}

function columnsOf(topology: Topology): {
  readonly columns: readonly PlacedColumn[];
  readonly width: number;
} {
  const groups = groupsOf(topology);
  const columns: PlacedColumn[] = [];
  const clusterOf = (index: number) => {
    const place = groups[index]?.place;
    return place === undefined || place === 'outside' ? undefined : place.cluster;
  };
  let x = margin;
  groups.forEach(({ cells, columns: count }, index) => {
    const cluster = clusterOf(index);
    if (cluster !== undefined && cluster !== clusterOf(index - 1)) x += boxPadding;
    if (cluster !== undefined) x += boxPadding;
    for (const cell of cells) {
      const left = x + cell.column * (nodeSize.width + columnGap);
      const cellWidth = cell.width * nodeSize.width + (cell.width - 1) * columnGap;
      columns.push({ cell, x: left, width: cellWidth });
    }
    x += count * nodeSize.width + (count - 1) * columnGap;
    if (cluster !== undefined) x += boxPadding;
    if (index === groups.length - 1) {
      if (cluster !== undefined) x += boxPadding;
    } else if (cluster !== undefined && cluster === clusterOf(index + 1)) x += namespaceGap;
    else x += boxPadding + clusterGap;
  });
  return { columns, width: x + margin };
}

interface Row {
  readonly y: number;
  /** Vertical position of the highest lane below the row. */
  readonly laneY: number;
}

/** Returns the positions of the rows by row number. */
function rowsOf(
  topology: Topology,
  columns: readonly PlacedColumn[],
  plan: ReturnType<typeof planRoutes>,
): ReadonlyMap<number, Row> {
  const used = columns.map(({ cell }) => cell.row);
  const first = Math.min(...used);
  const last = Math.max(...used);
  const edges = boxRows(topology, columns);
  const rows = new Map<number, Row>();
  let y = margin;
  for (let row = first; row <= last; row += 1) {
    if (row === first) y += edges.starting(row) * titleSpace;
    const { lanes, upperLabels, lowerLabels } = plan.gaps.get(row) ?? {
      lanes: 0,
      upperLabels: 0,
      lowerLabels: 0,
    };
    const bottom = y + nodeSize.height;
    const laneY = bottom + 8 + upperLabels * labelHeight + (lanes > 0 ? laneGap / 2 : 0);
    rows.set(row, { y, laneY });
    const linesEnd = laneY + Math.max(0, lanes - 1) * laneGap + lowerLabels * labelHeight + arrowSpace;
    const boxesEnd = edges.ending(row) * boxPadding + edges.starting(row + 1) * titleSpace;
    y = Math.max(linesEnd, bottom + boxesEnd + 10);
  }
  return rows;
}

function boxRows(topology: Topology, columns: readonly PlacedColumn[]) {
  const rowsBy = (key: (cluster: string, namespace: string) => string) => {
    const found = new Map<string, number[]>();
    for (const { name, place } of topology.nodes) {
      const cell = columns.find((column) => column.cell.name === name)?.cell;
      if (place === 'outside' || !cell) continue;
      const id = key(place.cluster, place.namespace);
      found.set(id, [...(found.get(id) ?? []), cell.row]);
    }
    return [...found.values()];
  };
  const nested = [rowsBy((cluster) => cluster), rowsBy((cluster, namespace) => `${cluster}/${namespace}`)];
  const count = (row: number, edge: (rows: readonly number[]) => number) =>
    nested.filter((boxes) => boxes.some((rows) => edge(rows) === row)).length;
  return {
    starting: (row: number) => count(row, (rows) => Math.min(...rows)),
    ending: (row: number) => count(row, (rows) => Math.max(...rows)),
  };
}

/** The boxes of clusters and namespaces. Each cluster comes before its namespaces. */
function boxesOf(topology: Topology, nodes: readonly PlacedNode[]): readonly Box[] {
  const placed = new Map(nodes.map((node) => [node.name, node]));
  const members = new Map<string, Map<string, PlacedNode[]>>();
  for (const { name, place } of topology.nodes) {
    const node = placed.get(name);
    if (place === 'outside' || !node) continue;
    const namespaces = members.get(place.cluster) ?? new Map<string, PlacedNode[]>();
    members.set(place.cluster, namespaces);
    namespaces.set(place.namespace, [...(namespaces.get(place.namespace) ?? []), node]);
  }
  return [...members].flatMap(([cluster, namespaces]) => {
    const inner = [...namespaces].map(
      ([title, list]): Box => ({ kind: 'namespace', title, ...around(list) }),
    );
    return [{ kind: 'cluster' as const, title: cluster, ...around(inner) }, ...inner];
  });
}

function around(content: readonly Pick<PlacedNode, 'x' | 'y' | 'width' | 'height'>[]) {
  const x = Math.min(...content.map((item) => item.x)) - boxPadding;
  const y = Math.min(...content.map((item) => item.y)) - titleSpace;
  const right = Math.max(...content.map((item) => item.x + item.width)) + boxPadding;
  const bottom = Math.max(...content.map((item) => item.y + item.height)) + boxPadding;
  return { x, y, width: right - x, height: bottom - y };
}
