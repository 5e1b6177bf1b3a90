import type { Topology } from '../../../../topology.ts';
import { centreOf, evenly, isWide, type PlacedColumn, straightened } from './anchors.ts';
import { laneGap, type Route } from './geometry.ts';
import { lanesOf, type Span } from './lanes.ts';
import { flowOf } from './ranks.ts';

/** Positions are horizontal only. `drawRoutes` adds the vertical positions. */
interface Line {
  readonly id: string;
  readonly upper: PlacedColumn;
  readonly lower: PlacedColumn;
  readonly flowsDown: boolean;
  readonly arrowAt: Route['arrowAt'];
  readonly upperX: number;
  readonly lowerX: number;
  readonly channel: number;
  readonly label: LabelPlace;
}

/** Place of the text that shows the rate of a connection. */
interface LabelPlace {
  readonly at: 'upper' | 'lower';
  /** Number of the text line. Line 0 is the nearest to the component. */
  readonly level: number;
  /** The SVG attribute `text-anchor`. */
  readonly anchor: Route['label']['anchor'];
}

/** Content of the space between two rows of components. */
interface Gap {
  readonly lanes: number;
  readonly upperLabels: number;
  readonly lowerLabels: number;
}

export interface Plan {
  readonly lines: readonly Line[];
  /** Connections between two components in the same row of the map. */
  readonly level: readonly Omit<Line, 'upperX' | 'lowerX' | 'channel' | 'label'>[];
  /** Spaces below rows, by row number. Key 0 is the space between row 0 and row 1. */
  readonly gaps: ReadonlyMap<number, Gap>;
  readonly lanes: ReadonlyMap<string, number>;
}

/** Assumed width of the text that shows a rate, in units of the picture. */
const labelWidth = 108;
/** Distance between a line and the edge of a component. */
const clearance = 9;

/** Computes the horizontal positions of the lines. `drawRoutes` adds the vertical positions. */
export function planRoutes(topology: Topology, columns: readonly PlacedColumn[]): Plan {
  const at = new Map(columns.map((column) => [column.cell.name, column]));
  const connections = topology.edges.flatMap((edge) => {
    const { source, target } = flowOf(edge);
    const [first, second] = [at.get(source), at.get(target)];
    if (!first || !second) return [];
    const flowsDown = first.cell.row <= second.cell.row;
    const [upper, lower] = flowsDown ? [first, second] : [second, first];
    const arrowAt = edge.fetches ? ('first' as const) : ('last' as const);
    return [{ id: edge.id, upper, lower, flowsDown, arrowAt }];
  });
  const level = connections.filter(({ upper, lower }) => upper.cell.row === lower.cell.row);
  const steep = connections.filter(({ upper, lower }) => upper.cell.row !== lower.cell.row);

  const upperEnds = groupBy(steep, ({ upper }) => upper.cell.name);
  const lowerEnds = groupBy(steep, ({ lower }) => lower.cell.name);
  const upperX = new Map<string, number>();
  const lowerX = new Map<string, number>();
  const sides = [
    ...[...upperEnds.values()].map((lines) => ({ lines, side: 'upper' as const })),
    ...[...lowerEnds.values()].map((lines) => ({ lines, side: 'lower' as const })),
  ].map((entry) => ({ ...entry, at: (entry.lines[0] as (typeof steep)[number])[entry.side] }));
  const channels: Channel[] = [];
  const channelX = new Map<string, number>();
  for (const { lines, side, at } of sides.sort((a, b) => Number(isWide(a.at)) - Number(isWide(b.at)))) {
    const [own, other] = side === 'upper' ? [upperX, lowerX] : [lowerX, upperX];
    const far = side === 'upper' ? 'lower' : 'upper';
    const ends = lines.map((line) => ({
      id: line.id,
      wanted: channelX.get(line.id) ?? other.get(line.id) ?? centreOf(line[far]),
    }));
    const isKnown = lines.some(({ id }) => other.has(id) || channelX.has(id));
    const positions = isWide(at) || (side === 'lower' && isKnown) ? straightened : evenly;
    for (const [id, x] of positions(at, ends)) {
      const isAlone = lines.length === 1 && !isWide(at);
      own.set(id, isAlone ? straight(at, channelX.get(id) ?? other.get(id) ?? x, x) : x);
    }
    if (side === 'lower') continue;
    for (const { id, upper, lower } of lines) {
      const [from, to] = [upper.cell.row, lower.cell.row];
      if (to - from === 1) continue;
      const x = channelOf(upperX.get(id) as number, lower, from, to, columns, channels);
      channels.push({ x, from, to });
      channelX.set(id, x);
    }
  }
  const lines = steep.map((connection): Line => {
    const { id, upper, lower } = connection;
    const atUpper = (upperEnds.get(upper.cell.name) ?? []).map((line) => upperX.get(line.id) as number);
    const atLower = (lowerEnds.get(lower.cell.name) ?? []).map((line) => lowerX.get(line.id) as number);
    const [x1, x2] = [upperX.get(id) as number, lowerX.get(id) as number];
    const isAtLower = atLower.length < atUpper.length;
    return {
      ...connection,
      upperX: x1,
      lowerX: x2,
      channel: channelX.get(id) ?? x1,
      label: isAtLower ? { at: 'lower', ...labelOf(x2, atLower) } : { at: 'upper', ...labelOf(x1, atUpper) },
    };
  });
  return { lines, level, ...gapsOf(lines) };
}

function labelOf(x: number, all: readonly number[]): Omit<LabelPlace, 'at'> {
  const sorted = [...all].sort((a, b) => a - b);
  const index = sorted.indexOf(x);
  const [before, after] = [sorted[index - 1], sorted[index + 1]];
  const isNearLeft = before !== undefined && x - before < labelWidth;
  const isNearRight = after !== undefined && after - x < labelWidth;
  if (isNearLeft && isNearRight) return { level: 1, anchor: 'middle' };
  if (isNearRight) return { level: 0, anchor: 'end' };
  return { level: 0, anchor: isNearLeft ? 'start' : 'middle' };
}

function straight({ x, width }: PlacedColumn, otherEnd: number, fallback: number): number {
  return otherEnd > x + clearance && otherEnd < x + width - clearance ? otherEnd : fallback;
}

/** A vertical piece of a line, through the rows between two components. */
interface Channel {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

function channelOf(
  upperX: number,
  lower: PlacedColumn,
  from: number,
  to: number,
  columns: readonly PlacedColumn[],
  channels: readonly Channel[],
): number {
  const passed = columns.filter(({ cell }) => cell.row > from && cell.row < to);
  const isFree = (x: number) =>
    passed.every((column) => x < column.x - 5 || x > column.x + column.width + 5) &&
    channels.every((other) => Math.abs(other.x - x) >= laneGap || other.to <= from || other.from >= to);
  const beside = passed.flatMap(({ x, width }) =>
    [0, 1, 2].flatMap((shift) => [x - clearance - shift * laneGap, x + width + clearance + shift * laneGap]),
  );
  const nearest = (x: number) => Math.min(Math.max(x, lower.x + 22), lower.x + lower.width - 22);
  const cost = (x: number) => Math.abs(x - upperX) + Math.abs(x - nearest(x));
  const free = [upperX, ...beside].filter(isFree).sort((a, b) => cost(a) - cost(b));
  return free[0] ?? upperX;
}

function spansOf({ id, upper, lower, upperX, lowerX, channel }: Line): readonly (Span & { row: number })[] {
  const first = { id, row: upper.cell.row, upper: upperX, lower: channel };
  const last = { id, row: lower.cell.row - 1, upper: channel, lower: lowerX };
  return [first, last].filter((span) => Math.abs(span.upper - span.lower) > 1);
}

function gapsOf(lines: readonly Line[]): Pick<Plan, 'gaps' | 'lanes'> {
  const spans = groupBy(lines.flatMap(spansOf), ({ row }) => row);
  const lanes = new Map<string, number>();
  const counts = new Map<number, number>();
  for (const [row, list] of spans) {
    const found = lanesOf(list);
    for (const [id, lane] of found) lanes.set(`${id} ${row}`, lane);
    counts.set(row, Math.max(...found.values()) + 1);
  }
  const rows = new Set(lines.flatMap(({ upper, lower }) => [upper.cell.row, lower.cell.row - 1]));
  const labels = (row: number, where: LabelPlace['at']) =>
    Math.max(
      0,
      ...lines
        .filter(({ label, upper, lower }) =>
          label.at === 'upper' ? upper.cell.row === row : lower.cell.row - 1 === row,
        )
        .filter(({ label }) => label.at === where)
        .map(({ label }) => label.level + 1),
    );
  const gaps = new Map(
    [...rows].map((row) => [
      row,
      {
        lanes: counts.get(row) ?? 0,
        upperLabels: labels(row, 'upper'),
        lowerLabels: labels(row, 'lower'),
      },
    ]),
  );
  return { gaps, lanes };
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const found = groups.get(key(item));
    if (found) found.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
