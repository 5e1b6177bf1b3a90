import type { Cell } from './cells.ts';
import { nodeSize } from './geometry.ts';

export interface PlacedColumn {
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
}

export const centreOf = ({ x, width }: PlacedColumn) => x + width / 2;

export const isWide = ({ width }: PlacedColumn) => width > nodeSize.width;

export interface End {
  readonly id: string;
  /** Preferred horizontal position. */
  readonly wanted: number;
}

/** `straightened` keeps at least this distance between a line and a corner of its component. */
const inset = 22;
const widestDistance = 40;

export function evenly(at: PlacedColumn, ends: readonly End[]): ReadonlyMap<string, number> {
  const sorted = inOrder(ends);
  return new Map(sorted.map(({ id }, index) => [id, at.x + (at.width * (index + 0.5)) / sorted.length]));
}

export function straightened(at: PlacedColumn, ends: readonly End[]): ReadonlyMap<string, number> {
  const sorted = inOrder(ends);
  const low = at.x + inset;
  const high = at.x + at.width - inset;
  const left = sorted.filter(({ wanted }) => wanted < low);
  const right = sorted.filter(({ wanted }) => wanted > high);
  const straight = apart(
    sorted.filter(({ wanted }) => wanted >= low && wanted <= high),
    low,
    high,
  );
  const inner = [...straight.values()];
  const leftDistance = distanceOf(left.length, (inner[0] ?? high) - low);
  const rightDistance = distanceOf(right.length, high - (inner.at(-1) ?? low));
  return new Map([
    ...left.map(({ id }, index) => [id, low + index * leftDistance] as const),
    ...straight,
    ...right.map(({ id }, index) => [id, high - (right.length - 1 - index) * rightDistance] as const),
  ]);
}

const inOrder = (ends: readonly End[]) =>
  [...ends].sort((a, b) => a.wanted - b.wanted || (a.id < b.id ? -1 : 1));

const distanceOf = (count: number, room: number) => Math.min(widestDistance, room / Math.max(1, count));

function apart(sorted: readonly End[], low: number, high: number): ReadonlyMap<string, number> {
  const distance = Math.min(12, (high - low) / Math.max(1, sorted.length - 1));
  const positions: number[] = [];
  for (const { wanted } of sorted) {
    const before = positions.at(-1);
    positions.push(Math.max(wanted, before === undefined ? low : before + distance));
  }
  let limit = high;
  for (let index = positions.length - 1; index >= 0; index -= 1) {
    positions[index] = Math.min(positions[index] as number, limit);
    limit = (positions[index] as number) - distance;
  }
  return new Map(sorted.map(({ id }, index) => [id, positions[index] as number]));
}
