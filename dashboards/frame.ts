import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { dashboardRefresh, scrapeIntervalSeconds } from '../config/knobs.ts';
import { prometheusMetrics } from '../metrics/definitions/prometheus.ts';
import { constant, count, matching, or, render, select, type Vector } from '../metrics/promql.ts';
import { alertsOf, type DashboardUid } from '../rules/index.ts';
import { stat } from './panel.ts';
import { datasource, variables } from './variables.ts';

/** Every dashboard has this tag. The links in a dashboard lead to all dashboards with this tag. */
const tag = 'prometheus-platform';

const firing = (uid: DashboardUid): Vector =>
  select(prometheusMetrics.alerts, { alertstate: 'firing', alertname: matching(alertsOf(uid).join('|')) });

export function firingAlerts(uid: DashboardUid) {
  return stat({
    title: 'Alerts firing',
    description:
      'Alerts of this dashboard that fire now. Each alert has a runbook. A mark in the graphs shows when an alert started to fire.',
    unit: 'short',
    queries: [[or(count(firing(uid)), constant(0)), 'firing']],
    thresholds: [[1, 'red']],
  });
}

/** The common parts of all dashboards. */
export function frame(uid: DashboardUid, title: string, description: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([tag])
    .readonly()
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh(dashboardRefresh)
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(variables())
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(false)
        .includeVars(true)
        .keepTime(true),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('Alerts')
        .enable(true)
        .iconColor('red')
        .datasource(datasource)
        .expr(render(firing(uid)))
        .titleFormat('{{alertname}}')
        .textFormat('{{severity}} {{cluster}}')
        .step(`${scrapeIntervalSeconds.cluster}s`)
        .target(
          new DataqueryBuilder()
            .datasource(datasource)
            .refId('Alerts')
            .expr(render(firing(uid))),
        ),
    );
}
