import { labelHeight, laneGap, nodeSize, type PlacedNode, type Point, type Route } from './geometry.ts';
import type { Plan } from './routes.ts';

/** Adds vertical positions to the lines of a plan. */
export function drawRoutes(
  { lines, level, lanes }: Plan,
  nodes: readonly PlacedNode[],
  laneY: (row: number) => number,
): readonly Route[] {
  const placed = new Map(nodes.map((node) => [node.name, node]));
  const height = (row: number, id: string) => laneY(row) + (lanes.get(`${id} ${row}`) ?? 0) * laneGap;
  const steep = lines.map((line): Route => {
    const { id, upper, lower, upperX, lowerX, channel, flowsDown, arrowAt, label } = line;
    const top = (placed.get(upper.cell.name)?.y ?? 0) + nodeSize.height;
    const bottom = placed.get(lower.cell.name)?.y ?? 0;
    const [firstLane, lastLane] = [height(upper.cell.row, id), height(lower.cell.row - 1, id)];
    const points = withoutRepeats([
      { x: upperX, y: top },
      ...(channel === upperX
        ? []
        : [
            { x: upperX, y: firstLane },
            { x: channel, y: firstLane },
          ]),
      ...(channel === lowerX
        ? []
        : [
            { x: channel, y: lastLane },
            { x: lowerX, y: lastLane },
          ]),
      { x: lowerX, y: bottom },
    ]);
    const shift = labelHeight * (label.level + 0.5);
    const side = { start: 5, middle: 0, end: -5 }[label.anchor];
    const at =
      label.at === 'upper'
        ? { x: upperX + side, y: top + 8 + shift }
        : { x: lowerX + side, y: bottom - 12 - shift };
    return {
      id,
      points: flowsDown ? points : points.reverse(),
      arrowAt,
      label: { ...at, anchor: label.anchor, isSplit: false },
    };
  });
  const sideways = level.map(({ id, upper, lower, arrowAt }): Route => {
    const isToTheRight = upper.x < lower.x;
    const y = (placed.get(upper.cell.name)?.y ?? 0) + nodeSize.height / 2;
    const start = { x: isToTheRight ? upper.x + upper.width : upper.x, y };
    const end = { x: isToTheRight ? lower.x : lower.x + lower.width, y };
    return {
      id,
      points: [start, end],
      arrowAt,
      label: { x: (start.x + end.x) / 2, y, anchor: 'middle', isSplit: true },
    };
  });
  return [...steep, ...sideways];
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter(({ x, y }, index) => {
    const before = points[index - 1];
    return !before || Math.abs(before.x - x) > 0.5 || Math.abs(before.y - y) > 0.5;
  });
}
