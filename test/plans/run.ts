import { join } from 'node:path';
import { pluginCache } from '../../terraform/plugin-cache.ts';
import { stopRequest } from '../../toolchain/stop-request.ts';
import { planTestsProgram, runPlanTests } from './command.ts';

const argv = process.argv.slice(2);
// `--help` needs neither the synthesis nor Terraform.
if (argv.includes('--help') || argv.includes('-h')) planTestsProgram().parse(argv, { from: 'user' });

const outdir = join(import.meta.dirname, '../../cdktf.out/plans');
const exitCode = await runPlanTests(argv, {
  terraform: {
    env: process.env,
    cache: pluginCache(outdir),
    signal: stopRequest('test:plans'),
  },
  stacks: async () => (await import('./stacks.ts')).stacksToTest(outdir),
  out: (text) => process.stdout.write(text),
  isTerminal: process.stdout.isTTY === true,
});
process.exit(exitCode);
