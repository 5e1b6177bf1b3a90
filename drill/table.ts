import { columns } from '../verify/table.ts';
import { alertText } from './explained.ts';
import { detections, type FaultResult, median, type StepSeconds } from './result.ts';

export const stepColumns = ['condition', 'pending', 'firing', 'notified', 'clear', 'resolved'] as const;
const marks = { passed: '✓', failed: '✗', 'not-run': '–' } as const;

export const secondsText = (seconds: number | undefined): string => seconds?.toFixed(1) ?? '–';

const stepTexts = (seconds: StepSeconds): readonly string[] =>
  stepColumns.map((step) => secondsText(seconds[step]));

function summaryOf(results: readonly FaultResult[]): string {
  const count = (verdict: FaultResult['verdict']) =>
    results.filter((result) => result.verdict === verdict).length;
  const detection = median(detections(results));
  const text = detection === undefined ? '' : ` Median detection: ${detection.toFixed(1)} s.`;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not-run')} not run.${text}`;
}

export function drillTable(results: readonly FaultResult[]): string {
  const rows = results.flatMap((result) => {
    const { fault, round, verdict, alerts } = result;
    const name = `${marks[verdict]} ${fault}${round > 1 ? ` (round ${round})` : ''}`;
    if (alerts.length === 0) return [[name, '', ...stepTexts({})]];
    return alerts.map((alert, index) => [
      index === 0 ? name : '',
      alertText(alert),
      ...stepTexts(alert.seconds),
    ]);
  });
  const problems = results.flatMap(({ fault, problems: own }) =>
    own.map(({ step, message }) => `${fault}: ${step}: ${message}`),
  );
  return [
    columns([['fault', 'alert', ...stepColumns], ...rows]),
    'Times in seconds: condition, pending, firing and notified count from the injection of the fault; clear and resolved count from its end.',
    ...(problems.length > 0 ? ['', ...problems] : []),
    '',
    summaryOf(results),
  ].join('\n');
}
