import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Dashboard, type Panel, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardUid } from '../rules/index.ts';
import { firingAlerts, frame } from './frame.ts';

/** A dashboard. The stacks install the dashboard in Grafana; an operator can also import its JSON file manually. */
export interface Board {
  /** Unique id, which is part of the dashboard's URL in Grafana. Alerts link to this URL. */
  readonly uid: DashboardUid;
  readonly title: string;
  /** Name of the generated JSON file in `dashboards/`. */
  readonly fileName: string;
  readonly build: () => Dashboard;
}

export interface BoardSpec extends Omit<Board, 'build'> {
  readonly description: string;
  /** Panels at the top, next to the number of firing alerts. */
  readonly overview: readonly Builder<Panel>[];
  /** Panels of each row, by the title of the row. */
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

/** Gives each panel a unique id. Links to a panel use the id. */
function numbered(dashboard: Dashboard): Dashboard {
  return {
    ...dashboard,
    panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}
