import type { BoardJson, PanelJson, RowJson } from './board-json.ts';

/** A row of the dashboard with its panels. The panels above the first row have no row. */
export interface Section {
  readonly row: RowJson | undefined;
  readonly panels: readonly PanelJson[];
}

/** Variables of a style. A narrow page does not use them and shows one column. */
export interface Place {
  readonly '--column': string;
  readonly '--row': string;
}

/** The panels by row, in the order of the dashboard. A collapsed row holds its panels itself. */
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

/** The place of a panel in the grid of its section, as variables of its style: 24 columns, rows from the section's first. */
export function gridPlace({ gridPos: { x, y, w, h } }: PanelJson, section: Section): Place {
  const top = Math.min(...section.panels.map(({ gridPos }) => gridPos.y));
  return { '--column': `${x + 1} / span ${w}`, '--row': `${y - top + 1} / span ${h}` };
}
