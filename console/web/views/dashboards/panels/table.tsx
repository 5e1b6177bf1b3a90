import { useState } from 'preact/hooks';
import type { TablePanelJson } from '../board/board-json.ts';
import { shownBy } from '../board/field.ts';
import { type Cell, type Frame, frameOf, transformed } from '../board/frame.ts';
import type { InstantData } from '../board/panel-data.ts';
import './table.css';

interface TableProps {
  readonly panel: TablePanelJson;
  readonly data: InstantData;
}

interface Order {
  readonly column: number;
  readonly isDescending: boolean;
}

export function TablePanel({ panel, data }: TableProps) {
  const [order, setOrder] = useState<Order>();
  const single = data.results.length === 1;
  const frames = data.results.map(({ target, series }) =>
    frameOf(series, single ? 'Value' : `Value #${target.refId}`),
  );
  const { fields, rows } = transformed(frames, panel.transformations ?? []);
  const shown = shownBy(panel.fieldConfig.defaults);
  const textOf = (cell: Cell) => (typeof cell === 'number' ? shown(cell).text : (cell ?? ''));
  const sort = (column: number) =>
    setOrder((last) => ({ column, isDescending: last?.column === column && !last.isDescending }));
  return (
    <div class="boards-table">
      <table>
        <thead>
          <tr>
            {fields.map(({ name, kind }, column) => (
              <th
                key={name}
                class={kind === 'value' ? 'number' : undefined}
                aria-sort={
                  order?.column === column ? (order.isDescending ? 'descending' : 'ascending') : 'none'
                }
              >
                <button type="button" onClick={() => sort(column)}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, order).map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td
                  key={column}
                  class={fields[column]?.kind === 'value' ? 'number' : undefined}
                  title={typeof cell === 'string' ? cell : undefined}
                >
                  {textOf(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sorted(rows: Frame['rows'], order: Order | undefined): Frame['rows'] {
  if (!order) return rows;
  const direction = order.isDescending ? -1 : 1;
  return [...rows].sort((one, two) => direction * compared(one[order.column], two[order.column]));
}

function compared(one: Cell, two: Cell): number {
  if (typeof one === 'number' && typeof two === 'number') return one - two;
  return String(one ?? '').localeCompare(String(two ?? ''), undefined, { numeric: true });
}
