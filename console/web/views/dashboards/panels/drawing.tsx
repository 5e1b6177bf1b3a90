import type { PanelJson } from '../board/board-json.ts';
import type { BoardState } from '../board/board-state.ts';
import { countMarks, namedValues, type PanelData } from '../board/panel-data.ts';
import { StateTimelinePanel, TimeseriesPanel } from './graph.tsx';
import { TablePanel } from './table.tsx';
import { BarGaugePanel, StatPanel } from './values.tsx';

export interface DrawingProps {
  readonly panel: PanelJson;
  readonly data: PanelData;
  readonly board: BoardState;
}

export function Drawing({ panel, data, board }: DrawingProps) {
  if (countMarks(data) === 0) return <p class="boards-empty">No data</p>;
  if (data.kind === 'range') {
    if (panel.type === 'timeseries') return <TimeseriesPanel panel={panel} data={data} board={board} />;
    if (panel.type === 'state-timeline') {
      return <StateTimelinePanel panel={panel} data={data} board={board} />;
    }
  } else {
    if (panel.type === 'stat') return <StatPanel panel={panel} values={namedValues(data)} />;
    if (panel.type === 'bargauge') return <BarGaugePanel panel={panel} values={namedValues(data)} />;
    if (panel.type === 'table') return <TablePanel panel={panel} data={data} />;
  }
  return <p class="boards-empty">The console draws no panel of the type {panel.type}. Grafana does.</p>;
}
