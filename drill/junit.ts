import type { FaultResult } from './result.ts';
import { drillTable } from './table.ts';

/** Characters that XML 1.0 does not allow, even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) =>
  text.replace(notInXml, '').replace(/[&<>"]/g, (character) => escapes[character] as string);

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');

/**
 * The results as a JUnit file, with a test case for each fault and round. A wrong result is a failure. A step that
 * could not run is an error.
 */
export function junitOf(target: string, results: readonly FaultResult[]): string {
  const cases = results.map((result) => {
    const { fault, round, total, problems, verdict } = result;
    const kind = verdict === 'not-run' ? 'error' : 'failure';
    const own = problems.map(
      ({ step, message }) =>
        `      <${kind}${attributes({ type: step, message })}>${escaped(message)}</${kind}>\n`,
    );
    const name = `${fault}, round ${round}`;
    return [
      `    <testcase${attributes({ classname: `drill.${target}`, name, time: total.toFixed(1) })}>\n`,
      ...own,
      `      <system-out>${escaped(drillTable([result]))}</system-out>\n    </testcase>\n`,
    ].join('');
  });
  const count = (verdict: FaultResult['verdict']) =>
    results.filter((result) => result.verdict === verdict).length;
  const totals = {
    name: `drill ${target}`,
    tests: results.length,
    failures: count('failed'),
    errors: count('not-run'),
    time: results.reduce((sum, { total }) => sum + total, 0).toFixed(1),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite${attributes(totals)}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}
