import { alertText } from '../../drill/explained.ts';
import { type RecordedDrill, readRecord } from '../../drill/record.ts';
import { median } from '../../drill/result.ts';
import { secondsText, stepColumns } from '../../drill/table.ts';
import { undrilled } from '../../drill/undrilled.ts';
import { type Generated, withRegion } from './region.ts';
import { code, table } from './table.ts';

function measured({ date, seconds, results }: RecordedDrill): string {
  const detections = results.flatMap(({ alerts }) => alerts.flatMap((alert) => alert.seconds.notified ?? []));
  const rows = results.flatMap(({ fault, alerts, consequences, verdict }) =>
    alerts.map((alert, index) => [
      index === 0 ? code(fault) : '',
      code(alertText(alert)),
      ...stepColumns.map((step) => secondsText(alert.seconds[step])),
      index === 0 ? consequences.join(', ') : '',
      index === 0 ? verdict : '',
    ]),
  );
  const header = ['fault', 'alert', ...stepColumns, 'other alerts that fired', 'verdict'];
  return [
    `Measured on ${date}: ${results.length} faults in ${(seconds / 60).toFixed(1)} minutes, with a median of ${median(detections)?.toFixed(1)} s from the injection to the notification.`,
    table(header, rows),
  ].join('\n\n');
}

const notDrilled = ({ results }: RecordedDrill) =>
  table(
    ['alert', 'why the drill does not expect the alert', 'fired in the last drill as a consequence of'],
    Object.entries(undrilled).map(([alert, reason]) => [
      `[${alert}](runbooks/${alert}.md)`,
      reason,
      results
        .filter(({ consequences }) => consequences.includes(alert))
        .map(({ fault }) => code(fault))
        .join(', '),
    ]),
  );

export const drillTables: Generated = {
  file: 'docs/alerts.md',
  text: (current) => {
    const record = readRecord();
    const regions = { drill: measured(record), undrilled: notDrilled(record) };
    return Object.entries(regions).reduce(
      (text, [name, content]) => withRegion(text, name, content),
      current,
    );
  },
};
