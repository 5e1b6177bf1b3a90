import { Command, InvalidArgumentError, Option } from 'commander';
import * as environments from '../config/environments/index.ts';
import { type LaptopEngine, laptopEngines } from '../config/topology.ts';
import { checkEnvironments, EnvironmentError } from '../platforms/check-environments.ts';
import type { System } from './check.ts';
import { clusterSystem } from './cluster.ts';
import { KubectlError } from './kubectl.ts';
import { laptopSystem, runningEngine } from './laptop.ts';
import { findingsTable } from './table.ts';
import { exitCodeOf, exitCodes, verifyWithin } from './verify.ts';

const laptop = 'laptop';
const names = [laptop, ...Object.keys(environments)];

const program = new Command('npm run verify --')
  .description(
    `Checks a running system from outside and prints one table. Exit codes: ${exitCodes.sound} every check passes, ${exitCodes.failing} a check fails, ${exitCodes.waiting} no check fails, but the first run of the batch is still due.`,
  )
  .argument('<system>', names.join(', '), (name) => {
    if (!names.includes(name)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return name;
  })
  .option('--port-offset <N>', 'the port offset of the laptop pipeline', wholeNumber, 0)
  .addOption(
    new Option(
      '--engine <engine>',
      'the engine of the laptop pipeline (default: the engine that the console of the pipeline reports)',
    ).choices(laptopEngines),
  )
  .option(
    '--wait <seconds>',
    'repeats the checks for up to this time, until no check fails or waits',
    wholeNumber,
    0,
  )
  .showHelpAfterError()
  .parse();
const [name = laptop] = program.args;
const { portOffset, engine, wait } = program.opts<{
  portOffset: number;
  engine?: LaptopEngine;
  wait: number;
}>();

try {
  const system = await open();
  try {
    const findings = await verifyWithin(system, wait * 1000);
    console.log(findingsTable(findings));
    if (name === laptop && findings.some((f) => f.detail.includes('ECONNREFUSED'))) {
      console.error('Prometheus does not answer. Check that npm start runs with this --port-offset.');
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

async function open(): Promise<System & { close?(): Promise<void> }> {
  if (name === laptop) return laptopSystem(portOffset, engine ?? (await runningEngine(portOffset)));
  const environment = checkEnvironments(Object.values(environments)).find((e) => e.name === name);
  if (!environment)
    return program.error(`config/environments/index.ts exports no environment with the name ${name}.`);
  return clusterSystem(environment);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
