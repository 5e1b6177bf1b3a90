import type { Place, Topology, TopologyNode } from '../../../../topology.ts';
import { type Ranks, ranksOf } from './ranks.ts';

/** Place of a component in the grid of its group. */
export interface Cell {
  readonly name: string;
  /** Row 0 contains the central Prometheus (the hub). */
  readonly row: number;
  readonly column: number;
  /** Number of columns that the component covers. */
  readonly width: number;
}

export interface Group {
  /** `outside`: the group contains only components outside all clusters. */
  readonly place: Place;
  readonly columns: number;
  readonly cells: readonly Cell[];
}

const widestHub = 2;

/** Two clusters can have a namespace with the same name. */
const keyOf = (place: Place) => (place === 'outside' ? 'outside' : `${place.cluster}/${place.namespace}`);

/** Groups from left to right. In a cluster, the group of the central Prometheus is last. */
export function groupsOf(topology: Topology): readonly Group[] {
  const ranks = ranksOf(topology);
  const byPlace = new Map<string, TopologyNode[]>();
  for (const node of topology.nodes) {
    const key = keyOf(node.place);
    byPlace.set(key, [...(byPlace.get(key) ?? []), node]);
  }
  const outside = byPlace.get('outside') ?? [];
  byPlace.delete('outside');
  const groups = [...byPlace.values()].map((nodes) => groupOf(nodes, ranks));
  return withOutside(ordered(groups, ranks), outside, ranks);
}

function ordered(groups: readonly Group[], { hub }: Ranks): readonly Group[] {
  const clusterOf = ({ place }: Group) => (place === 'outside' ? '' : place.cluster);
  const clusters = [...new Set(groups.map(clusterOf))];
  const hasHub = ({ cells }: Group) => cells.some(({ name }) => name === hub);
  return clusters.flatMap((cluster) =>
    groups
      .filter((group) => clusterOf(group) === cluster)
      .sort((a, b) => Number(hasHub(a)) - Number(hasHub(b))),
  );
}

function groupOf(nodes: readonly TopologyNode[], { hub, rank, flows }: Ranks): Group {
  const names = new Set(nodes.map(({ name }) => name));
  const cells = new Map<string, Cell>();
  const isFree = (row: number, column: number) =>
    ![...cells.values()].some((cell) => cell.row === row && cell.column === column);
  const firstFree = (row: number, wanted = 0) => {
    if (isFree(row, wanted)) return wanted;
    let column = 0;
    while (!isFree(row, column)) column += 1;
    return column;
  };
  const place = (name: string, row: number, wanted?: number) =>
    cells.set(name, { name, row, column: firstFree(row, wanted), width: 1 });

  const ranked = nodes.filter(({ name }) => name !== hub && rank.has(name));
  const above = ranked.filter(({ name }) => (rank.get(name) as number) < 0);
  for (const { name } of [...above].sort((a, b) => (rank.get(b.name) ?? 0) - (rank.get(a.name) ?? 0))) {
    const next = flows.find(({ source, target }) => source === name && names.has(target) && target !== hub);
    place(name, rank.get(name) as number, next && cells.get(next.target)?.column);
  }
  const columns = Math.max(1, ...[...cells.values()].map(({ column }) => column + 1));
  for (const { name } of ranked) {
    if (!above.some((other) => other.name === name)) place(name, rank.get(name) as number, columns - 1);
  }
  if (hub !== undefined && names.has(hub)) {
    const width = Math.min(columns, widestHub);
    cells.set(hub, { name: hub, row: 0, column: Math.floor((columns - width) / 2), width });
  }
  const top = Math.min(0, ...[...cells.values()].map(({ row }) => row));
  for (const { name } of nodes) {
    if (cells.has(name)) continue;
    const rows = Array.from({ length: Math.max(1, -top) }, (_, index) => top + index);
    const widest = Math.max(columns, ...[...cells.values()].map(({ column }) => column + 1));
    place(name, rows.find((row) => firstFree(row) < widest) ?? top);
  }
  const list = [...cells.values()];
  return {
    place: nodes[0]?.place ?? 'outside',
    columns: Math.max(...list.map(({ column, width }) => column + width)),
    cells: list,
  };
}

/** Adds the outside components: senders above the clusters, receivers below or in a new column. */
function withOutside(
  groups: readonly Group[],
  outside: readonly TopologyNode[],
  { hub, flows, rank }: Ranks,
): readonly Group[] {
  const clusterOf = ({ place }: Group) => (place === 'outside' ? '' : place.cluster);
  const homeOf = (name: string | undefined) =>
    groups.findIndex(({ cells }) => cells.some((cell) => cell.name === name));
  const rows = (list: readonly Group[]) => list.flatMap(({ cells }) => cells.map(({ row }) => row));
  const added = groups.map((): Cell[] => []);
  const receivers: Cell[] = [];
  for (const { name } of outside) {
    const fed = flows.find(({ source }) => source === name)?.target;
    const index = homeOf(fed);
    const home = groups[index];
    if (home && (rank.get(name) ?? 0) < 0) {
      const column = home.cells.find((cell) => cell.name === fed)?.column ?? 0;
      const same = groups.filter((group) => clusterOf(group) === clusterOf(home));
      const stacked = added[index]?.filter((cell) => cell.column === column).length ?? 0;
      added[index]?.push({ name, row: Math.min(...rows(same)) - 1 - stacked, column, width: 1 });
      continue;
    }
    let row = Math.max(1, (rank.get(name) ?? 1) - 1);
    while (receivers.some((cell) => cell.row === row)) row += 1;
    receivers.push({ name, row, column: 0, width: 1 });
  }
  const result = groups.map((group, index) => ({
    ...group,
    cells: [...group.cells, ...(added[index] ?? [])],
  }));
  if (receivers.length === 0) return result;
  const last = result.at(-1);
  const hubCluster = groups[homeOf(hub)];
  const isOtherCluster = last && hubCluster && clusterOf(last) !== clusterOf(hubCluster);
  if (isOtherCluster && Math.max(...rows([last])) < Math.min(...receivers.map(({ row }) => row))) {
    return [...result.slice(0, -1), { ...last, cells: [...last.cells, ...receivers] }];
  }
  return [...result, { place: 'outside', columns: 1, cells: receivers }];
}
