import { chartGroupOf } from '../../config/chart-rules.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { mutationScore, readRecord } from '../../test/rules/mutation/record.ts';
import { type Generated, withRegion } from './region.ts';
import { code, table } from './table.ts';

const rows = ruleGroups
  .flatMap(({ alerting = [] }) => alerting)
  .flatMap(({ alert, chartAlert }) =>
    chartAlert
      ? [[`[${alert}](runbooks/${alert}.md)`, code(chartAlert), code(chartGroupOf(chartAlert) ?? '')]]
      : [],
  );

function mutationText(): string {
  const record = readRecord();
  const sum = (key: 'killed' | 'survived') =>
    Object.values(record).reduce((total, rule) => total + rule[key], 0);
  const percent = (mutationScore(record) * 100).toFixed(1);
  return `In the last recorded run, the tests killed ${sum('killed')} of ${sum('killed') + sum('survived')} mutants of ${Object.keys(record).length} rules: ${percent} %.`;
}

export const alertsPage: Generated = {
  file: 'docs/alerts.md',
  text: (current) =>
    withRegion(
      withRegion(
        current,
        'chart alerts',
        table(['platform alert', 'alert of the chart', 'group of the chart'], rows),
      ),
      'mutation',
      mutationText(),
    ),
};
