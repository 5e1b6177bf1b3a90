import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { obtainPrograms } from '../../../toolchain/index.ts';
import { namedRules } from '../mutation/mutants.ts';
import { coverageOf } from './play.ts';
import { coverageJunit, coverageTable, gapsOf } from './report.ts';

const names = namedRules.map(([name]) => name);

const command = new Command('npm run coverage:rules --')
  .description(
    'Evaluates the operands and the matchers of each rule with promtool on the series of the rule tests, and lists the branches that no test exercises. Exit codes: 0 each branch has a test or a recorded reason; 1 a branch has neither; 2 the command could not run.',
  )
  .argument('[rules...]', 'only these alerts and recording rules', parseRule)
  .option('--junit <file>', 'also writes the result to this file as JUnit XML')
  .showHelpAfterError()
  .parse();
const { junit } = command.opts<{ junit?: string }>();

try {
  const { promtool } = await obtainPrograms({ names: ['promtool'] });
  const coverage = await coverageOf(promtool.path, command.args.length > 0 ? command.args : names);
  console.log(coverageTable(coverage));
  if (junit !== undefined) writeFileSync(junit, coverageJunit(coverage));
  if (gapsOf(coverage).length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

function parseRule(name: string, before: readonly string[] = []): readonly string[] {
  if (names.includes(name)) return [...before, name];
  throw new InvalidArgumentError(`There is no such rule. Expected one of ${names.join(', ')}.`);
}
