import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Format } from '../format/units.ts';
import { theme } from '../theme.ts';
import { seriesColor, translucent } from './colors.ts';
import { type ChartMark, type ChartThreshold, drawMarks, drawThresholds, marksAt } from './draw.ts';
import { Legend } from './legend.tsx';
import { axisBase, axisTextWidth, spaceAtRight, timeAxis } from './time-axis.ts';
import { Tooltip, type TooltipRow } from './tooltip.tsx';
import { sharedCrosshair, usePlot } from './use-plot.ts';
import { withoutNeighbours } from './without-neighbours.ts';
import { yRange } from './y-range.ts';
import './time-series.css';

export type { ChartMark, ChartThreshold } from './draw.ts';

export interface ChartSeries {
  readonly name: string;
  /** One value for each time; `null` without a value. */
  readonly values: readonly (number | null)[];
  readonly color?: string;
}

export interface TimeSeriesProps {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly format: Format;
  /** Height of the plot in CSS pixels. With `fill`, chart and legend fill the surrounding element. */
  readonly height: number | 'fill';
  readonly label: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Start and end of the axis, as Unix times in seconds. Parts without samples stay empty. */
  readonly range: readonly [from: number, to: number];
  readonly thresholds?: readonly ChartThreshold[];
  /** Minimum margin above and below the curves, in the unit of the values. */
  readonly leastMargin?: number | undefined;
  readonly marks?: readonly ChartMark[];
  /** Charts with the same key share one crosshair. */
  readonly syncKey?: string;
  /**
   * Hides the axes and the legend.
   * @default false
   */
  readonly sparkline?: boolean;
  readonly legend?: boolean;
  /**
   * Allowed distances between two marks of the value axis, ascending.
   * @default the distances of uPlot
   */
  readonly increments?: readonly number[] | undefined;
  /**
   * In CSS pixels.
   * @default 1.5
   */
  readonly lineWidth?: number;
  /**
   * 0 to 1.
   * @default 0.1
   */
  readonly fillOpacity?: number;
  /** The times are Unix times in seconds. */
  readonly onSelect?: (from: number, to: number) => void;
}

/** Lines over time, drawn with uPlot. Tests read the number of drawn series in `data-series`. */
export function TimeSeries(props: TimeSeriesProps) {
  const { times, series, sparkline = false, legend = !sparkline, height, label, marks = [] } = props;
  const latest = useRef(props);
  latest.current = props;
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const shape = JSON.stringify([
    series.map(({ name, color }) => [name, color]),
    [props.min, props.max, sparkline, props.syncKey, props.lineWidth, props.fillOpacity],
    props.onSelect !== undefined,
    theme.value,
  ]);
  const colors = useMemo(() => series.map(({ color }, index) => color ?? seriesColor(index)), [shape]);
  const data = useMemo(
    () => [times, ...series.map(({ values }) => values)] as uPlot.AlignedData,
    [times, series, props.marks, props.thresholds, props.range[0], props.range[1]],
  );
  const { host, plot, pointer } = usePlot({
    shape,
    options: () => optionsOf(latest, colors),
    data,
    height,
  });
  useLayoutEffect(() => setHidden(new Set()), [shape]);
  const show = (next: ReadonlySet<number>) => {
    setHidden(next);
    for (const index of series.keys()) plot.current?.setSeries(index + 1, { show: !next.has(index) });
  };

  const drawn = series.filter(({ values }) => values.some((value) => value !== null)).length;
  const spread = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 200;
  return (
    <div class={height === 'fill' ? 'chart-frame fill' : 'chart-frame'}>
      <div
        ref={host}
        class={sparkline ? 'chart sparkline' : 'chart'}
        role="img"
        aria-label={label}
        data-series={drawn}
      />
      {legend && series.length > 0 && (
        <Legend
          entries={series.map(({ name }, index) => ({ name, color: colors[index] ?? '' }))}
          hidden={hidden}
          onChange={show}
        />
      )}
      {pointer && !sparkline && (
        <Tooltip
          {...pointer}
          rows={rowsAt(props, colors, hidden, pointer.index)}
          notes={marksAt(marks, pointer.time, spread)}
        />
      )}
    </div>
  );
}

function rowsAt(
  { series, format }: TimeSeriesProps,
  colors: readonly string[],
  hidden: ReadonlySet<number>,
  position: number,
): readonly TooltipRow[] {
  return series
    .flatMap(({ name, values }, index) => {
      const value = values[position];
      if (hidden.has(index) || value === null || value === undefined) return [];
      return [{ name, value, text: format(value), color: colors[index] ?? '' }];
    })
    .sort((one, two) => two.value - one.value);
}

function optionsOf(
  latest: { readonly current: TimeSeriesProps },
  colors: readonly string[],
): Omit<uPlot.Options, 'width' | 'height'> {
  const {
    series,
    min,
    max,
    leastMargin,
    sparkline = false,
    syncKey,
    onSelect,
    lineWidth = 1.5,
    fillOpacity = 0.1,
    increments,
  } = latest.current;
  const sync = sharedCrosshair(syncKey);
  const format = (value: number) => latest.current.format(value);
  return {
    scales: {
      x: { range: () => [...latest.current.range] },
      y: {
        range: (_, low, high) =>
          yRange(low, high, { min, max, leastMargin, thresholds: latest.current.thresholds }),
      },
    },
    legend: { show: false },
    cursor: {
      show: !sparkline,
      y: false,
      drag: { x: onSelect !== undefined, y: false, setScale: false },
      ...(sync && { sync }),
    },
    axes: sparkline ? [{ show: false }, { show: false }] : [timeAxis(), valueAxis(format, increments)],
    padding: sparkline ? [2, 0, 2, 0] : [8, spaceAtRight(), 0, 0],
    series: [
      {},
      ...series.map(({ name }, index) => ({
        label: name,
        stroke: colors[index] ?? '',
        width: lineWidth,
        fill: translucent(colors[index] ?? '', fillOpacity),
        points: { show: true, filter: alone, size: 4, fill: colors[index] ?? '' },
      })),
    ],
    hooks: {
      draw: [
        (plot) => drawThresholds(plot, latest.current.thresholds ?? []),
        (plot) => drawMarks(plot, latest.current.marks ?? []),
      ],
      setSelect: [(plot) => reportSelection(plot, latest.current.onSelect)],
    },
  };
}

function valueAxis(format: Format, increments: readonly number[] | undefined): uPlot.Axis {
  return {
    ...axisBase(),
    size: axisWidth,
    values: (_, splits) => splits.map((split) => withoutZeros(format(split))),
    ...(increments && { incrs: [...increments] }),
  };
}

const withoutZeros = (text: string) => text.replace(/(\d)\.0+(?!\d)|(\.\d*[1-9])0+(?!\d)/, '$1$2');

const alone: uPlot.Series.Points.Filter = (plot, index) => [
  ...withoutNeighbours(plot.data[index] as readonly (number | null)[]),
];

const axisWidth: uPlot.Axis.Size = (_plot, values) => {
  const longest = Math.max(3, ...(values ?? []).map((text) => String(text).length));
  return Math.min(110 + axisTextWidth(4), 14 + axisTextWidth(longest));
};

function reportSelection(plot: uPlot, onSelect: TimeSeriesProps['onSelect']): void {
  if (!onSelect || plot.select.width < 4) return;
  const from = plot.posToVal(plot.select.left, 'x');
  const to = plot.posToVal(plot.select.left + plot.select.width, 'x');
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onSelect(from, to);
}
