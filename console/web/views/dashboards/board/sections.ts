import type { BoardJson, PanelJson, RowJson } from './board-json.ts';

/** A row of the dashboard with its panels. `row` is undefined for panels above the first row. */
export interface Section {
  readonly row: RowJson | undefined;
  readonly panels: readonly PanelJson[];
}

/**
 * CSS variables for the place of a panel. On a narrow page, all panels are in one column, and the page ignores these
 * variables.
 */
export interface Place {
  readonly '--column': string;
  readonly '--row': string;
}

/** The panels grouped by row, in the order of the dashboard. The JSON of a collapsed row contains its panels. */
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

/**
 * The place of a panel in the grid of its section, as CSS variables. The grid has 24 columns, and its rows are counted
 * from the start of the section.
 */
export function gridPlace({ gridPos: { x, y, w, h } }: PanelJson, section: Section): Place {
  const top = Math.min(...section.panels.map(({ gridPos }) => gridPos.y));
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y - top + 1} / span ${h}` };
}
