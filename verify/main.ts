import { Command, InvalidArgumentError } from 'commander';
import * as environments from '../config/environments/index.ts';
import { checkEnvironments, EnvironmentError } from '../platforms/check-environments.ts';
import type { System } from './check.ts';
import { clusterSystem } from './cluster.ts';
import { KubectlError } from './kubectl.ts';
import { laptopSystem } from './laptop.ts';
import { findingsTable } from './table.ts';
import { exitCodeOf, exitCodes, verifyWithin } from './verify.ts';

const laptop = 'laptop';
const names = [laptop, ...Object.keys(environments)];

const program = new Command('npm run verify --')
  .description(
    `Looks at a running system from outside and prints one table. Exit codes: ${exitCodes.sound} all is in order, ${exitCodes.failing} something fails, ${exitCodes.waiting} nothing fails, but the batch has not run for the first time yet.`,
  )
  .argument('<system>', names.join(', '), (name) => {
    if (!names.includes(name)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return name;
  })
  .option('--port-offset <N>', 'where the laptop pipeline was started with one', wholeNumber, 0)
  .option(
    '--wait <seconds>',
    'repeats the checks for up to this time, until nothing fails or waits',
    wholeNumber,
    0,
  )
  .showHelpAfterError()
  .parse();
const [name = laptop] = program.args;
const { portOffset, wait } = program.opts<{ portOffset: number; wait: number }>();

try {
  const system = await open();
  try {
    const findings = await verifyWithin(system, wait * 1000);
    console.log(findingsTable(findings));
    if (name === laptop && findings.some((f) => f.detail.includes('ECONNREFUSED'))) {
      console.error('Nothing answers there. Is npm start running, and with this --port-offset?');
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
  if (name === laptop) return laptopSystem(portOffset);
  const environment = checkEnvironments(Object.values(environments)).find((e) => e.name === name);
  if (!environment)
    return program.error(`config/environments/index.ts exports no environment that is named ${name}.`);
  return clusterSystem(environment);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
