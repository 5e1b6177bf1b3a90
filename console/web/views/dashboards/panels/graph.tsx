import { useMemo } from 'preact/hooks';
import { StateTimeline } from '../../../chart/state-timeline.tsx';
import { TimeSeries } from '../../../chart/time-series.tsx';
import { formatOf, roundIncrements } from '../../../format/units.ts';
import { theme } from '../../../theme.ts';
import type { StateTimelinePanelJson, TimeseriesPanelJson } from '../board/board-json.ts';
import type { BoardState } from '../board/board-state.ts';
import { shownBy, thresholdLines } from '../board/field.ts';
import { canvasColor } from '../board/named-color.ts';
import type { RangeData } from '../board/panel-data.ts';

interface GraphProps<Json> {
  readonly panel: Json;
  readonly data: RangeData;
  readonly board: BoardState;
}

const syncKeyOf = ({ json }: BoardState) => (json.graphTooltip > 0 ? { syncKey: `board ${json.uid}` } : {});

export function TimeseriesPanel({ panel, data, board }: GraphProps<TimeseriesPanelJson>) {
  const { defaults } = panel.fieldConfig;
  const { lineWidth, fillOpacity, thresholdsStyle } = defaults.custom;
  const series = useMemo(
    () => data.names.map((name, index) => ({ name, values: data.values[index] ?? [] })),
    [data],
  );
  const thresholds = useMemo(
    () =>
      thresholdsStyle?.mode === 'dashed'
        ? thresholdLines(defaults).map(({ value, color }) => ({ value, color: canvasColor(color) }))
        : [],
    [panel, theme.value],
  );
  return (
    <TimeSeries
      {...syncKeyOf(board)}
      label={`${panel.title}, ${data.names.join(', ')}`}
      times={data.times}
      series={series}
      format={formatOf(defaults.unit, defaults.decimals)}
      increments={roundIncrements(defaults.unit)}
      min={defaults.min}
      max={defaults.max}
      range={[data.span.from, data.span.to]}
      thresholds={thresholds}
      marks={board.marks}
      lineWidth={Math.max(1.25, lineWidth)}
      fillOpacity={fillOpacity / 100}
      legend={panel.options.legend.showLegend}
      height="fill"
      onSelect={board.zoom}
    />
  );
}

export function StateTimelinePanel({ panel, data, board }: GraphProps<StateTimelinePanelJson>) {
  const { defaults } = panel.fieldConfig;
  const rows = useMemo(
    () => data.names.map((name, index) => ({ name, values: data.values[index] ?? [] })),
    [data],
  );
  const shown = shownBy(defaults);
  return (
    <StateTimeline
      {...syncKeyOf(board)}
      label={`${panel.title}, ${data.names.join(', ')}`}
      times={data.times}
      rows={rows}
      step={data.step}
      stateOf={(value) => {
        const { text, color } = shown(value);
        return { text, color: canvasColor(color) };
      }}
      range={[data.span.from, data.span.to]}
      marks={board.marks}
      rowHeight={panel.options.rowHeight}
      fillOpacity={defaults.custom.fillOpacity / 100}
      height="fill"
      onSelect={board.zoom}
    />
  );
}
