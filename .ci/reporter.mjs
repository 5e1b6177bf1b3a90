// A reporter of vitest. It writes the number of passed tests, the number of failed tests and the failures to a file of
// the folder TEST_RESULTS.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export default class Reporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    const errorsOf = (item, errors) => errors.map((error) => `× ${titleOf(item)}\n${firstLines(error)}`);
    const failures = [
      ...modules.flatMap((module) => errorsOf(module, module.errors())),
      ...modules.flatMap((module) =>
        [...module.children.allSuites()].flatMap((suite) => errorsOf(suite, suite.errors())),
      ),
      ...inState('failed').flatMap((test) => errorsOf(test, errorsOrNone(test.result().errors))),
      ...unhandledErrors.map((error) => `× outside of the tests\n${firstLines(error)}`),
    ];
    if (reason === 'failed' && failures.length === 0) {
      failures.push('× the global set-up failed; the output of the run has the error');
    }
    const folder = process.env.TEST_RESULTS;
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `${process.pid}.json`),
      JSON.stringify({ passed: inState('passed').length, failed: inState('failed').length, failures }),
    );
  }
}

function titleOf(item) {
  return item.type === 'module' ? item.relativeModuleId : `${item.module.relativeModuleId}: ${item.fullName}`;
}

const errorsOrNone = (errors) => (errors.length > 0 ? errors : [undefined]);

function firstLines(error) {
  return stripVTControlCharacters(String(error?.message ?? 'no message'))
    .split('\n')
    .slice(0, 5)
    .join('\n');
}
