// node .ci/results.mjs FOLDER prints the number of passed tests and of failed tests in the JSON reports of vitest. Each
// failed test is printed on stderr, because the end of a CI log is often all that is kept.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const [folder] = process.argv.slice(2);
const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));

for (const { name, message, assertionResults } of reports.flatMap((report) => report.testResults)) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  for (const test of failed) {
    console.error(`× ${file}: ${test.fullName}`);
    console.error(firstLines(test.failureMessages[0] ?? 'no message'));
  }
  if (failed.length === 0 && message) console.error(`× ${file}: ${firstLines(message)}`);
}

const sum = (count) => reports.reduce((total, report) => total + report[count], 0);
console.log(sum('numPassedTests'), sum('numFailedTests'));

function firstLines(message) {
  return stripVTControlCharacters(message).split('\n').slice(0, 5).join('\n  ');
}
