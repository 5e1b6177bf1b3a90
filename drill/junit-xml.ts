import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface JunitOutcome {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly type?: string;
  /** Content of the XML element, by default the message. */
  readonly text?: string;
}

export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly seconds?: number;
  /** Empty for a case that passed. */
  readonly outcomes: readonly JunitOutcome[];
  readonly output?: string;
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** Characters that XML 1.0 does not allow, even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) =>
  text.replace(notInXml, '').replace(/[&<>"]/g, (character) => escapes[character] as string);

const attributes = (values: Readonly<Record<string, string | number | undefined>>) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');

export function junitXml(suites: readonly JunitSuite[]): string {
  const texts = suites.map(({ name, cases }) => {
    const count = (kind: JunitOutcome['kind']) =>
      cases.filter(({ outcomes }) => outcomes.some((outcome) => outcome.kind === kind)).length;
    const timed = cases.some(({ seconds }) => seconds !== undefined);
    const totals = {
      name,
      tests: cases.length,
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped') || undefined,
      time: timed ? cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(1) : undefined,
    };
    return `  <testsuite${attributes(totals)}>\n${cases.map(caseXml).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${texts.join('')}</testsuites>\n`;
}

function caseXml({ classname, name, seconds, outcomes, output }: JunitCase): string {
  const open = `    <testcase${attributes({ classname, name, time: seconds?.toFixed(1) })}`;
  if (outcomes.length === 0 && output === undefined) return `${open}/>\n`;
  const inner = outcomes.map(
    ({ kind, type, message, text = message }) =>
      `      <${kind}${attributes({ type, message })}>${escaped(text)}</${kind}>\n`,
  );
  const printed = output === undefined ? '' : `      <system-out>${escaped(output)}</system-out>\n`;
  return `${open}>\n${inner.join('')}${printed}    </testcase>\n`;
}

/**
 * Checks a path, but does not create the file.
 * @returns the absolute path, or an error message
 */
export function junitPath(file: string): { readonly path: string } | { readonly problem: string } {
  const path = resolve(file);
  const refuse = (reason: string) => ({ problem: `--junit cannot write ${path}: ${reason}` });
  if (existsSync(path) && !statSync(path).isFile()) {
    return refuse('the path is not a file. Name a file, such as results.xml.');
  }
  try {
    if (existsSync(path)) accessSync(path, constants.W_OK);
  } catch {
    return refuse('the file is not writable. Change its permissions, or name another file.');
  }
  try {
    // The slash after the folder name makes `accessSync` throw an error if the name belongs to a file.
    accessSync(`${dirname(path)}/`, constants.W_OK);
    return { path };
  } catch {
    return refuse(
      'the folder of this file is missing or not writable. Create the folder, change its permissions, or name another file.',
    );
  }
}
