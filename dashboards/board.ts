import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Dashboard, type Panel, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardUid } from '../rules/index.ts';
import { firingAlerts, frame } from './frame.ts';

/** A dashboard as the stacks provision it and as it is imported by hand. */
export interface Board {
  /** Part of its address in Grafana; alerts link to it. */
  readonly uid: DashboardUid;
  readonly title: string;
  /** Its generated JSON, in this folder. */
  readonly fileName: string;
  readonly build: () => Dashboard;
}

export interface BoardSpec extends Omit<Board, 'build'> {
  readonly description: string;
  /** What stands at the top, beside the number of alerts that fire. */
  readonly overview: readonly Builder<Panel>[];
  /** Rows of panels by their title. */
  readonly rows: Readonly<Record<string, readonly Builder<Panel>[]>>;
}

export function board({ description, overview, rows, ...names }: BoardSpec): Board {
  const build = () => {
    const builder = frame(names.uid, names.title, description);
    for (const panel of [firingAlerts(names.uid), ...overview]) builder.withPanel(panel);
    for (const [title, panels] of Object.entries(rows)) {
      builder.withRow(new RowBuilder(title));
      for (const panel of panels) builder.withPanel(panel);
    }
    return numbered(builder.build());
  };
  return { ...names, build };
}

/** Panels need ids of their own, by which they are linked to and kept apart. */
function numbered(dashboard: Dashboard): Dashboard {
  return {
    ...dashboard,
    panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}
