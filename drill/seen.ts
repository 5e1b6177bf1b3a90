import type { ExpectedAlert } from '../console/controls/faults.ts';
import type { Series } from '../verify/prometheus-api.ts';
import { isExpected } from './explained.ts';
import type { DrillTarget } from './target.ts';
import { messageOf } from './wait.ts';

const shownSeries = 3;

export function resultText(series: readonly Series[]): string {
  if (series.length === 0) return 'no series';
  const shown = series.slice(0, shownSeries).map(({ metric, value }) => {
    const labels = Object.entries(metric).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
    return `{${labels.join(', ')}} ${value?.[1] ?? ''}`.trim();
  });
  const more = series.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Whether the condition of an alert is true now. `text` shows the query of the alert and the result. */
export interface Seen {
  readonly state: 'true' | 'false' | 'unknown';
  readonly text: string;
}

export async function seen(target: DrillTarget, expected: ExpectedAlert): Promise<Seen> {
  try {
    const rule = await target.rule(expected.alert);
    if (!rule) return { state: 'unknown', text: `${target.title} has no rule ${expected.alert}.` };
    const series = await target.query(rule.expr);
    const own = series.filter(({ metric }) => isExpected(expected, expected.alert, metric));
    const others = own.length === 0 && series.length > 0 ? ` Other series: ${resultText(series)}.` : '';
    return {
      state: own.length > 0 ? 'true' : 'false',
      text: `Query: ${rule.expr}. Value: ${resultText(own)}.${others}`,
    };
  } catch (error) {
    return { state: 'unknown', text: `The condition is unknown: ${messageOf(error)}` };
  }
}
