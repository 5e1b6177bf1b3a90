import { useMemo, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { theme } from '../theme.ts';
import { cssColor, translucent } from './colors.ts';
import { type ChartMark, drawMarks, marksAt } from './draw.ts';
import { stretches } from './stretches.ts';
import { axisBase, axisTextWidth, spaceAtRight, timeAxis } from './time-axis.ts';
import { Tooltip } from './tooltip.tsx';
import { sharedCrosshair, usePlot } from './use-plot.ts';
import './time-series.css';

export interface StateRow {
  readonly name: string;
  /** One value for each time; `null` without a value. */
  readonly values: readonly (number | null)[];
}

export interface StateOf {
  readonly text: string;
  /** `#rrggbb`, because a canvas cannot use CSS variables. */
  readonly color: string;
}

export interface StateTimelineProps {
  /** Ascending Unix times in seconds. */
  readonly times: readonly number[];
  readonly rows: readonly StateRow[];
  /** Seconds between two samples. */
  readonly step: number;
  readonly stateOf: (value: number) => StateOf;
  readonly height: number | 'fill';
  readonly label: string;
  /** Start and end of the axis, as Unix times in seconds. Parts without samples stay empty. */
  readonly range: readonly [from: number, to: number];
  readonly marks?: readonly ChartMark[];
  readonly syncKey?: string;
  /** Height of a bar as a share of the row, 0 to 1. */
  readonly rowHeight: number;
  /** 0 to 1. */
  readonly fillOpacity: number;
  readonly onSelect?: (from: number, to: number) => void;
}

export function StateTimeline(props: StateTimelineProps) {
  const { times, rows, label, height, marks = [], stateOf } = props;
  const latest = useRef(props);
  latest.current = props;
  const shape = JSON.stringify([rows.map(({ name }) => name), props.syncKey, theme.value]);
  const data = useMemo(
    () => [times, ...rows.map(({ values }) => values)] as uPlot.AlignedData,
    [times, rows, marks, props.range[0], props.range[1]],
  );
  const { host, pointer } = usePlot({ shape, options: () => optionsOf(latest), data, height });
  const drawn = rows.filter(({ values }) => values.some((value) => value !== null)).length;
  return (
    <div class={height === 'fill' ? 'chart-frame fill' : 'chart-frame'}>
      <div ref={host} class="chart" role="img" aria-label={label} data-series={drawn} />
      {pointer && (
        <Tooltip
          {...pointer}
          rows={rows.flatMap(({ name, values }) => {
            const value = values[pointer.index];
            return value === null || value === undefined ? [] : [{ name, ...stateOf(value) }];
          })}
          notes={marksAt(marks, pointer.time, props.step)}
        />
      )}
    </div>
  );
}

function optionsOf(latest: {
  readonly current: StateTimelineProps;
}): Omit<uPlot.Options, 'width' | 'height'> {
  const { rows, syncKey, onSelect } = latest.current;
  const sync = sharedCrosshair(syncKey);
  const longest = Math.max(0, ...rows.map(({ name }) => name.length));
  return {
    scales: {
      x: { range: () => [...latest.current.range] },
      y: { range: () => [0, rows.length] },
    },
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: onSelect !== undefined, y: false, setScale: false },
      ...(sync && { sync }),
    },
    axes: [
      timeAxis(),
      {
        ...axisBase(),
        size: Math.min(160 + axisTextWidth(4), 16 + axisTextWidth(longest)),
        grid: { show: false },
        splits: () => rows.map((_, index) => rows.length - index - 0.5),
        values: () => rows.map(({ name }) => name),
      },
    ],
    padding: [8, spaceAtRight(), 0, 0],
    series: [{}, ...rows.map(({ name }) => ({ label: name, paths: () => null, points: { show: false } }))],
    hooks: {
      draw: [
        (plot) => drawStates(plot, latest.current),
        (plot) => drawMarks(plot, latest.current.marks ?? []),
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.onSelect?.(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
        },
      ],
    },
  };
}

function drawStates(plot: uPlot, props: StateTimelineProps): void {
  const { rows, times, step, stateOf, rowHeight, fillOpacity } = props;
  const { ctx, bbox } = plot;
  const height = bbox.height / Math.max(1, rows.length);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [row, { values }] of rows.entries()) {
    const top = bbox.top + row * height + (height * (1 - rowHeight)) / 2;
    for (const { from, to, value } of stretches(times, values, step)) {
      const left = plot.valToPos(from, 'x', true);
      const right = plot.valToPos(to, 'x', true);
      ctx.fillStyle = cssColor('--card');
      ctx.fillRect(left, top, right - left, height * rowHeight);
      ctx.fillStyle = translucent(stateOf(value).color, fillOpacity);
      ctx.fillRect(left, top, Math.max(1, right - left), height * rowHeight);
    }
  }
  ctx.restore();
}
