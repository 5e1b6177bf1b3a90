import { junitXml } from './junit-xml.ts';
import type { FaultResult } from './result.ts';
import { drillTable } from './table.ts';

/**
 * Content of a JUnit file, with a test case for each fault and round. A wrong result is a failure. If a step could not
 * run, the test case has an error.
 */
export function junitOf(target: string, results: readonly FaultResult[]): string {
  const cases = results.map((result) => {
    const { fault, round, total, problems, verdict } = result;
    const kind = verdict === 'not-run' ? ('error' as const) : ('failure' as const);
    return {
      classname: `drill.${target}`,
      name: `${fault}, round ${round}`,
      seconds: total,
      outcomes: problems.map(({ step, message }) => ({ kind, type: step, message })),
      output: drillTable([result]),
    };
  });
  return junitXml([{ name: `drill ${target}`, cases }]);
}
