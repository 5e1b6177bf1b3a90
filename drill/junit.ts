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

/** A test case of a JUnit file. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly seconds: number;
  /** What a problem of this case means: a wrong result, or a case that could not run. */
  readonly kind: 'failure' | 'error';
  readonly problems: readonly { readonly step: string; readonly message: string }[];
  readonly output: string;
}

/** The text of a JUnit file with one suite. */
export function junitText(suite: string, cases: readonly JunitCase[]): string {
  const texts = cases.map(({ classname, name, seconds, kind, problems, output }) => {
    const own = problems.map(
      ({ step, message }) =>
        `      <${kind}${attributes({ type: step, message })}>${escaped(message)}</${kind}>\n`,
    );
    return [
      `    <testcase${attributes({ classname, name, time: seconds.toFixed(1) })}>\n`,
      ...own,
      `      <system-out>${escaped(output)}</system-out>\n    </testcase>\n`,
    ].join('');
  });
  const count = (wanted: JunitCase['kind']) =>
    cases.filter(({ kind, problems }) => kind === wanted && problems.length > 0).length;
  const totals = {
    name: suite,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite${attributes(totals)}>\n${texts.join('')}  </testsuite>\n</testsuites>\n`;
}

/**
 * The results as a JUnit file, with a test case for each fault in each round. A wrong result is a failure, and a fault
 * that could not be drilled is an error.
 * @param target name of the drilled system
 */
export function junitOf(target: string, results: readonly FaultResult[]): string {
  return junitText(
    `drill ${target}`,
    results.map((result) => ({
      classname: `drill.${target}`,
      name: `${result.fault}, round ${result.round}`,
      seconds: result.total,
      kind: result.verdict === 'not-run' ? 'error' : 'failure',
      problems: result.problems,
      output: drillTable([result]),
    })),
  );
}
