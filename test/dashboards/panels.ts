import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Board } from '../../dashboards/index.ts';

export interface PanelOfDashboard {
  readonly dashboard: string;
  readonly panel: Panel;
  readonly targets: readonly Dataquery[];
}

export function panelsOf({ uid, build }: Board): readonly PanelOfDashboard[] {
  return (build().panels ?? [])
    .filter((panel): panel is Panel => panel.type !== 'row')
    .map((panel) => ({ dashboard: uid, panel, targets: (panel.targets ?? []) as Dataquery[] }));
}

const values: Readonly<Record<string, string>> = {
  $__rate_interval: '30s',
  $__range: '1h',
  $cluster: '.*',
  $environment: '.*',
};

export function rendered(expr: string): string {
  return Object.entries(values).reduce((text, [variable, value]) => text.replaceAll(variable, value), expr);
}
