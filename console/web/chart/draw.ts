import type uPlot from 'uplot';
import { cssColor, translucent } from './colors.ts';

export interface ChartThreshold {
  readonly value: number;
  readonly color: string;
}

/** A mark on the time axis of a chart. For example, a mark shows when an alert started. */
export interface ChartMark {
  /** Unix time in seconds. */
  readonly at: number;
  /** End of the mark as a Unix time in seconds. Absent if the mark is a single moment. */
  readonly to?: number;
  readonly text: string;
  readonly color?: string;
}

const markHeight = 5;

export function drawThresholds(plot: uPlot, thresholds: readonly ChartThreshold[]): void {
  const { left, top, width, height } = plot.bbox;
  dashed(plot.ctx, () => {
    for (const { value, color } of thresholds) {
      const y = plot.valToPos(value, 'y', true);
      if (y >= top && y <= top + height) line(plot.ctx, color, left, y, left + width, y);
    }
  });
}

/** Draws each mark as a dashed vertical line. A shaded area shows its duration. */
export function drawMarks(plot: uPlot, marks: readonly ChartMark[]): void {
  const { ctx } = plot;
  const { left, top, width, height } = plot.bbox;
  const right = left + width;
  dashed(ctx, () => {
    for (const { at, to = at, color = cssColor('--bad') } of marks) {
      const start = plot.valToPos(at, 'x', true);
      const end = plot.valToPos(to, 'x', true);
      if (end < left || start > right) continue;
      const from = Math.max(left, start);
      ctx.fillStyle = translucent(color, 0.06);
      ctx.fillRect(from, top, Math.min(right, end) - from, height);
      ctx.fillStyle = color;
      ctx.fillRect(from, top + height, Math.max(1, Math.min(right, end) - from), 2 * devicePixelRatio);
      if (start >= left) {
        line(ctx, color, start, top, start, top + height);
        triangle(ctx, start, top + height);
      }
    }
  });
}

/**
 * Texts of the marks near `time`.
 * @param tolerance how far `time` may be from a mark, in seconds
 */
export function marksAt(marks: readonly ChartMark[], time: number, tolerance: number): readonly string[] {
  const found = marks.filter(({ at, to = at }) => time >= at - tolerance && time <= to + tolerance);
  return [...new Set(found.map(({ text }) => text))];
}

function dashed(ctx: CanvasRenderingContext2D, draw: () => void): void {
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  draw();
  ctx.restore();
}

function line(
  ctx: CanvasRenderingContext2D,
  color: string,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  ctx.strokeStyle = color;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  const size = markHeight * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x - size, y + size);
  ctx.lineTo(x + size, y + size);
  ctx.lineTo(x, y - size / 2);
  ctx.fill();
}
