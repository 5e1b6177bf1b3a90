import type { Finding, Verdict } from './check.ts';

const marks: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', wait: '…', skip: '–' };

/** Failures are last, because the last lines are visible in a terminal. */
const order: readonly Verdict[] = ['pass', 'skip', 'wait', 'fail'];

/** Pads the cells of each column to the same width. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A table with a line for each finding. The last line has the counts. */
export function findingsTable(findings: readonly Finding[]): string {
  const rank = ({ verdict }: Finding) => Math.max(0, order.indexOf(verdict) - 1);
  const ordered = [...findings].sort((a, b) => rank(a) - rank(b));
  const width = Math.max(...ordered.map((f) => f.check.length));
  const rows = ordered.map((f) => `${marks[f.verdict]} ${f.check.padEnd(width)}  ${f.detail}`);
  const count = (verdict: Verdict) => findings.filter((f) => f.verdict === verdict).length;
  return [
    ...rows,
    '',
    `Checks: ${count('pass')} passed, ${count('fail')} failed, ${count('wait')} waiting, ${count('skip')} skipped`,
  ].join('\n');
}
