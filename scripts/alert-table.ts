import type { EffectiveAlert } from '../rules/index.ts';
import { columns } from '../verify/table.ts';

interface Marked {
  readonly text: string;
  readonly changed: boolean;
}

const marked = ({ text, changed }: Marked) => (changed ? `${text}*` : text);

function row({ alert, severity, for: wait, thresholds, texts, absent }: EffectiveAlert): readonly string[] {
  const values = Object.entries(thresholds).map(([name, value]) => `${name} ${marked(value)}`);
  const added = Object.entries(texts).map(([name, text]) => `${name}* ${JSON.stringify(text)}`);
  return absent === undefined
    ? [alert, marked(severity), marked(wait), [...values, ...added].join(', ')]
    : [alert, '-', '-', absent];
}

/** Returns a table with one row for each alert, and a last line with the totals. */
export function alertTable(alerts: readonly EffectiveAlert[]): string {
  const rows = [['alert', 'severity', 'for', 'thresholds and changed texts'], ...alerts.map(row)];
  const absent = alerts.filter((alert) => alert.absent !== undefined).length;
  return [
    columns(rows),
    '',
    `Alerts that run in this system: ${alerts.length - absent}. Alerts that do not run: ${absent}. A star (*) marks a value or a text that alerting.overrides of the environment sets.`,
  ].join('\n');
}
