import { junitXml } from './junit-xml.ts';
import type { FaultResult } from './result.ts';
import { drillTable } from './table.ts';

/**
 * The results as a JUnit file, with a test case for each fault in each round. A wrong result is a failure, and a fault
 * that could not be drilled is an error.
 * @param target name of the drilled system
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
