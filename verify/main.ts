import { Command, Option } from 'commander';
import { type LaptopEngine, laptopEngines } from '../config/topology.ts';
import { EnvironmentError } from '../platforms/check-environments.ts';
import { hintOf, recentStartHint } from './hint.ts';
import { refuseKeptByNpm } from './kept-by-npm.ts';
import { KubectlError } from './kubectl.ts';
import { laptop, openSystem, systemName, systemNames, wholeNumber } from './open-system.ts';
import { findingsTable } from './table.ts';
import { exitCodeOf, exitCodes, verifyWithin } from './verify.ts';

const program = new Command('npm run verify --')
  .description(
    `Checks a running system from outside and prints one table. Exit codes: ${exitCodes.sound} every check passes, ${exitCodes.failing} a check fails, ${exitCodes.waiting} no check fails, but the first run of the batch is still due.`,
  )
  .argument('<system>', systemNames.join(', '), systemName)
  .option('--port-offset <N>', 'the port offset of the laptop pipeline', wholeNumber, 0)
  .addOption(
    new Option(
      '--engine <engine>',
      'the engine of the laptop pipeline (default: the engine that the console of the pipeline reports)',
    ).choices(laptopEngines),
  )
  .option(
    '--wait <seconds>',
    'repeats the checks until every check passes or is skipped. The repetition ends after at most this number of seconds',
    wholeNumber,
    0,
  )
  .showHelpAfterError();
refuseKeptByNpm(program, process.env);
program.parse();
const [name = laptop] = program.args;
const { portOffset, engine, wait } = program.opts<{
  portOffset: number;
  engine?: LaptopEngine;
  wait: number;
}>();

try {
  const system = await openSystem(name, { portOffset, ...(engine && { engine }) });
  try {
    const findings = await verifyWithin(system, wait * 1000);
    console.log(findingsTable(findings));
    const hint = name === laptop ? hintOf(findings, engine) : undefined;
    const startedAt = wait > 0 ? undefined : await system.startedAt?.().catch(() => undefined);
    for (const text of [hint, recentStartHint(findings, startedAt, Date.now())]) {
      if (text !== undefined) console.error(text);
    }
    process.exitCode = exitCodeOf(findings);
  } finally {
    await system.close?.();
  }
} catch (error) {
  if (!(error instanceof KubectlError || error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
