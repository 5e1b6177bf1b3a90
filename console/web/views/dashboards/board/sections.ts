import type { BoardJson, PanelJson, RowJson } from './board-json.ts';

/** A row of a dashboard with its panels. `row` is undefined for panels above the first row. */
export interface Section {
  readonly row: RowJson | undefined;
  readonly panels: readonly PanelJson[];
}

/** CSS variables for the grid position of a panel. */
export interface Place {
  readonly '--column': string;
  readonly '--row': string;
}

/** Groups the panels by row; in the JSON, only a collapsed row contains its panels. */
export function sectionsOf({ panels }: Pick<BoardJson, 'panels'>): readonly Section[] {
  const sections: { row: RowJson | undefined; panels: PanelJson[] }[] = [];
  for (const panel of panels) {
    if (panel.type === 'row') sections.push({ row: panel, panels: [...panel.panels] });
    else {
      if (sections.length === 0) sections.push({ row: undefined, panels: [] });
      sections.at(-1)?.panels.push(panel);
    }
  }
  return sections;
}

/** Position of a panel in a grid of 24 columns. Rows count from the top of the section. */
export function gridPlace({ gridPos: { x, y, w, h } }: PanelJson, section: Section): Place {
  const top = Math.min(...section.panels.map(({ gridPos }) => gridPos.y));
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y - top + 1} / span ${h}` };
}
