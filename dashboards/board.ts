import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Dashboard, type Panel, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Adjust } from '../metrics/promql.ts';
import type { DashboardUid } from '../rules/index.ts';
import { type ThresholdReader, thresholdReader } from '../rules/threshold.ts';
import { firingAlerts, frame } from './frame.ts';

/** A dashboard in Grafana. The stacks install it, or an operator imports its JSON file. */
export interface Board {
  /** Id in the URL of the dashboard. Alerts link to this URL. */
  readonly uid: DashboardUid;
  readonly title: string;
  /** Name of the generated JSON file in `dashboards/`. */
  readonly fileName: string;
  readonly build: (adjust?: Adjust) => Dashboard;
}

export interface BoardSpec extends Omit<Board, 'build'> {
  readonly description: string;
  readonly overview: (thresholds: ThresholdReader) => readonly Builder<Panel>[];
  /** Returns the panels of each row of the dashboard. The keys are the titles of the rows. */
  readonly rows: (thresholds: ThresholdReader) => Readonly<Record<string, readonly Builder<Panel>[]>>;
}

export function board({ description, overview, rows, ...names }: BoardSpec): Board {
  const build = (adjust: Adjust = (declared) => declared) => {
    const thresholds = thresholdReader(adjust);
    const builder = frame(names.uid, names.title, description);
    for (const panel of [firingAlerts(names.uid), ...overview(thresholds)]) builder.withPanel(panel);
    for (const [title, panels] of Object.entries(rows(thresholds))) {
      builder.withRow(new RowBuilder(title));
      for (const panel of panels) builder.withPanel(panel);
    }
    return numbered(builder.build());
  };
  return { ...names, build };
}

/** Gives each panel an id. A link to a panel contains its id. */
function numbered(dashboard: Dashboard): Dashboard {
  return {
    ...dashboard,
    panels: (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}
