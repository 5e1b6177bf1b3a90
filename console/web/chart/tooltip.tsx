import { useLayoutEffect, useRef } from 'preact/hooks';
import { timeText } from './time-axis.ts';

export interface TooltipRow {
  readonly name: string;
  readonly text: string;
  readonly color: string;
}

export interface TooltipContent {
  /** Unix time in seconds. */
  readonly time: number;
  readonly rows: readonly TooltipRow[];
  /** More lines of text, such as the alerts that fire at this time. */
  readonly notes?: readonly string[];
  /** Position of the pointer in the window, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

const distance = 14;
const maxRows = 20;

/** Shows the values next to the pointer, always inside the window. */
export function Tooltip({ time, rows, notes = [], x, y }: TooltipContent) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const isRight = x + distance + width < innerWidth;
    element.style.left = `${Math.max(4, isRight ? x + distance : x - distance - width)}px`;
    element.style.top = `${Math.max(4, Math.min(y + distance, innerHeight - height - 4))}px`;
  });
  return (
    <div ref={box} class="chart-tooltip" aria-hidden="true">
      <div class="chart-tooltip-time">{timeText(time)}</div>
      {rows.slice(0, maxRows).map((row, index) => (
        <div key={index} class="chart-tooltip-row">
          <span class="chart-swatch" style={{ background: row.color }} />
          <span class="chart-tooltip-name">{row.name}</span>
          <b>{row.text}</b>
        </div>
      ))}
      {rows.length === 0 && <div class="quiet">No data</div>}
      {rows.length > maxRows && <div class="quiet">and {rows.length - maxRows} more</div>}
      {notes.map((note) => (
        <div key={note} class="chart-tooltip-note">
          {note}
        </div>
      ))}
    </div>
  );
}
