import { chartGroupOf } from '../../config/chart-rules.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { type Generated, withRegion } from './region.ts';
import { code, table } from './table.ts';

const rows = ruleGroups
  .flatMap(({ alerting = [] }) => alerting)
  .flatMap(({ alert, chartAlert }) =>
    chartAlert
      ? [[`[${alert}](runbooks/${alert}.md)`, code(chartAlert), code(chartGroupOf(chartAlert) ?? '')]]
      : [],
  );

/** The table of the chart's alerts that run instead of platform alerts. */
export const chartAlerts: Generated = {
  file: 'docs/alerts.md',
  text: (current) =>
    withRegion(
      current,
      'chart alerts',
      table(['platform alert', 'alert of the chart', 'group of the chart'], rows),
    ),
};
