import type { BoardJson, PanelJson, RowJson } from './board-json.ts';

/** A row with its panels. `row` is undefined for panels above the first row. */
export interface Section {
  readonly row: RowJson | undefined;
  readonly panels: readonly PanelJson[];
}

/** CSS variables for the place of a panel. A narrow page has one column and ignores them. */
export interface Place {
  readonly '--column': string;
  readonly '--row': string;
}

/** The panels by row, in the order of the dashboard. A collapsed row contains its panels in the JSON. */
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

/** CSS variables for a grid of 24 columns. Rows count from the start of the section. */
export function gridPlace({ gridPos: { x, y, w, h } }: PanelJson, section: Section): Place {
  const top = Math.min(...section.panels.map(({ gridPos }) => gridPos.y));
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y - top + 1} / span ${h}` };
}
