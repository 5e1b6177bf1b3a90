import type { Finding, Verdict } from './check.ts';

const marks: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', skip: '–' };

/** One line a finding, the failures last, where they are seen; then the count. */
export function findingsTable(findings: readonly Finding[]): string {
  const ordered = [...findings].sort((a, b) => Number(a.verdict === 'fail') - Number(b.verdict === 'fail'));
  const width = Math.max(...ordered.map((f) => f.check.length));
  const rows = ordered.map((f) => `${marks[f.verdict]} ${f.check.padEnd(width)}  ${f.detail}`);
  const count = (verdict: Verdict) => findings.filter((f) => f.verdict === verdict).length;
  return [
    ...rows,
    '',
    `${count('pass')} in order, ${count('fail')} failing, ${count('skip')} not part of this system`,
  ].join('\n');
}
