import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Format } from '../format/units.ts';
import { theme } from '../theme.ts';
import { cssColor, seriesColor } from './colors.ts';
import './time-series.css';

export interface ChartSeries {
  readonly name: string;
  /** One value for each time; `null` where the series has none. */
  readonly values: readonly (number | null)[];
  /** A CSS colour. @default by position */
  readonly color?: string;
}

export interface ChartThreshold {
  readonly value: number;
  readonly color: string;
}

/** A vertical line, such as the start of an alert. */
export interface ChartMark {
  /** Unix time in seconds. */
  readonly at: number;
  readonly text: string;
  readonly color?: string;
}

export interface TimeSeriesProps {
  /** Unix times in seconds, ascending. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly format: Format;
  /** Height of the plot in CSS pixels. */
  readonly height: number;
  /** Spoken description, such as the title of the panel. */
  readonly label: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly thresholds?: readonly ChartThreshold[];
  readonly marks?: readonly ChartMark[];
  /** Charts with the same key share one crosshair. */
  readonly syncKey?: string;
  /** Without axes and legend. @default false */
  readonly sparkline?: boolean;
  /** @default true, except for a sparkline */
  readonly legend?: boolean;
  /** Called with the selected time range in unix seconds. */
  readonly onSelect?: (from: number, to: number) => void;
}

const fillOpacity = '1a';

/** Lines over time, drawn by uPlot. Each series drawn is one mark for the tests: `data-series` counts them. */
export function TimeSeries(props: TimeSeriesProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shape = JSON.stringify([
    props.series.map(({ name, color }) => [name, color]),
    props.thresholds,
    [props.min, props.max, props.height, props.sparkline, props.legend, props.syncKey],
    theme.value,
  ]);
  const data = [props.times, ...props.series.map(({ values }) => values)] as uPlot.AlignedData;
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const width = () => Math.max(40, element.clientWidth);
    const created = new uPlot(optionsOf(latest, width()), data, element);
    plot.current = created;
    const resized = new ResizeObserver(() => {
      if (created.width !== width()) created.setSize({ width: width(), height: latest.current.height });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      created.destroy();
      plot.current = null;
    };
    // The shape holds everything that needs a new plot.
  }, [shape]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [props.times, props.series, props.marks]);

  const drawn = props.series.filter(({ values }) => values.some((value) => value !== null)).length;
  return (
    <div
      ref={host}
      class={props.sparkline ? 'chart sparkline' : 'chart'}
      role="img"
      aria-label={props.label}
      data-series={drawn}
    />
  );
}

function optionsOf(latest: { readonly current: TimeSeriesProps }, width: number): uPlot.Options {
  const {
    series,
    format,
    height,
    min,
    max,
    sparkline = false,
    legend = !sparkline,
    syncKey,
    onSelect,
  } = latest.current;
  const axis = {
    stroke: cssColor('--quiet'),
    grid: { stroke: cssColor('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    scales: { y: { range: (_, low, high) => yRange(low, high, min, max) } },
    legend: { show: legend, live: true },
    cursor: {
      show: !sparkline,
      drag: { x: onSelect !== undefined, y: false, setScale: false },
      ...(syncKey && { sync: { key: syncKey } }),
    },
    axes: sparkline
      ? [{ show: false }, { show: false }]
      : [axis, { ...axis, size: 64, values: (_, splits) => splits.map((value) => format(value)) }],
    padding: sparkline ? [2, 0, 2, 0] : [8, 8, 0, 0],
    series: [
      { value: (_, time) => (time === null ? '' : new Date(time * 1000).toLocaleTimeString()) },
      ...series.map(({ name, color }, index) => {
        const stroke = color ?? seriesColor(index);
        return {
          label: name,
          stroke,
          width: 1.5,
          fill: stroke.startsWith('#') ? `${stroke}${fillOpacity}` : 'transparent',
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? '–' : format(value)),
        };
      }),
    ],
    hooks: {
      draw: [(plot) => drawLines(plot, latest.current)],
      setSelect: [
        (plot) => {
          if (!latest.current.onSelect || plot.select.width < 4) return;
          const from = plot.posToVal(plot.select.left, 'x');
          const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.onSelect(from, to);
        },
      ],
    },
  };
}

function yRange(low: number | null, high: number | null, min?: number, max?: number): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high))
    return [min ?? 0, max ?? 1];
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  const bottom = min ?? (low >= 0 && low - margin < 0 ? 0 : low - margin);
  const top = max ?? high + margin;
  return top > bottom ? [bottom, top] : [bottom, bottom + 1];
}

/** Draws thresholds as dashed horizontal lines, and marks as vertical lines. */
function drawLines(plot: uPlot, { thresholds = [], marks = [] }: TimeSeriesProps): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  const line = (color: string, x1: number, y1: number, x2: number, y2: number) => {
    ctx.strokeStyle = color;
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
  };
  for (const { value, color } of thresholds) {
    const y = plot.valToPos(value, 'y', true);
    if (y >= bbox.top && y <= bbox.top + bbox.height) line(color, bbox.left, y, bbox.left + bbox.width, y);
  }
  for (const { at, color } of marks) {
    const x = plot.valToPos(at, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      line(color ?? cssColor('--bad'), x, bbox.top, x, bbox.top + bbox.height);
    }
  }
  ctx.restore();
}
