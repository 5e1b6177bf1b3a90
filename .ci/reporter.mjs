// A reporter of vitest. It writes the number of passed tests, the number of failed tests and the failures to a file of
// the folder TEST_RESULTS.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export default class Reporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const inState = (state) => modules.flatMap((module) => [...module.children.allTests(state)]);
    const [passed, failed] = [inState('passed'), inState('failed')];
    const containers = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const failures = [
      ...containers.flatMap((container) =>
        container.errors().map((error) => entry(titleOf(container), error)),
      ),
      ...failed.flatMap((test) => test.result().errors.map((error) => entry(titleOf(test), error))),
      ...unhandledErrors.map((error) => entry('outside of the tests', error)),
    ];
    if (reason === 'failed' && failures.length === 0) {
      failures.push('× the global set-up failed; the output of the run has the error');
    }
    const folder = process.env.TEST_RESULTS;
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `${process.pid}.json`),
      JSON.stringify({ passed: passed.length, failed: failed.length, failures }),
    );
  }
}

function titleOf(item) {
  return item.type === 'module' ? item.relativeModuleId : `${item.module.relativeModuleId}: ${item.fullName}`;
}

function entry(title, error) {
  const message = stripVTControlCharacters(String(error.message ?? 'no message'));
  return `× ${title}\n${message.split('\n').slice(0, 5).join('\n')}`;
}
