import { join } from 'node:path';
import { Command } from 'commander';
import { refuseKeptByNpm } from '../kept-by-npm.ts';
import { laptop, openSystem, systemName, systemNames, wholeNumber } from '../open-system.ts';
import { excess, measure } from './measure.ts';
import { cardinalityReport } from './report.ts';
import { usedNames } from './used-names.ts';

const exitCodes = { within: 0, over: 1, failed: 2 } as const;

const program = new Command('npm run cardinality --')
  .description(
    `Counts the series of a running system by job and metric, compares each job with its budget, and lists the series that no rule, panel or document uses. Exit codes: ${exitCodes.within} every job is within its budget, ${exitCodes.over} a job is over its budget, ${exitCodes.failed} the count could not run. A wrong command line also exits with ${exitCodes.over}.`,
  )
  .argument('<system>', systemNames.join(', '), systemName)
  .option('--port-offset <N>', 'the port offset of the laptop pipeline', wholeNumber, 0)
  .option('--metrics <N>', 'number of metrics to list for each job', wholeNumber, 3)
  .showHelpAfterError();
refuseKeptByNpm(program, process.env);
program.parse();
const [name = laptop] = program.args;
const { portOffset, metrics } = program.opts<{ portOffset: number; metrics: number }>();

try {
  const system = await openSystem(name, { portOffset });
  try {
    const { prometheus } = system;
    const [jobs, groups] = await Promise.all([measure(prometheus), prometheus.ruleGroups()]);
    const used = usedNames(groups, join(import.meta.dirname, '..', '..'));
    console.log(cardinalityReport(jobs, used, metrics));
    process.exitCode = jobs.some((job) => excess(job).length > 0) ? exitCodes.over : exitCodes.within;
  } finally {
    await system.close?.();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (name === laptop)
    console.error(
      'Start the pipeline with npm start, or set --port-offset to the offset of the running pipeline.',
    );
  process.exitCode = exitCodes.failed;
}
