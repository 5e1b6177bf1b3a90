import { junitXml } from './junit-xml.ts';
import type { FaultResult } from './result.ts';
import { drillTable } from './table.ts';

/** Returns a JUnit file with one test case for each round of each fault. */
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
