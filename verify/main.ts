import { Command, InvalidArgumentError } from 'commander';
import { laptopSystem } from './laptop.ts';
import { findingsTable } from './table.ts';
import { isSound, verifyWithin } from './verify.ts';

const program = new Command('npm run verify --')
  .description('Looks at a running system from outside and prints one table; the exit code is the verdict.')
  .argument('<system>', 'laptop', (name) => {
    if (name !== 'laptop') throw new InvalidArgumentError('Expected laptop.');
    return name;
  })
  .option('--port-offset <N>', 'where the laptop pipeline was started with one', wholeNumber, 0)
  .option('--wait <seconds>', 'looks again for so long until nothing fails', wholeNumber, 0)
  .showHelpAfterError()
  .parse();
const { portOffset, wait } = program.opts<{ portOffset: number; wait: number }>();

const findings = await verifyWithin(laptopSystem(portOffset), wait * 1000);
console.log(findingsTable(findings));
process.exitCode = isSound(findings) ? 0 : 1;

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}
