import { join } from 'node:path';
import * as z from 'zod';
import { readSettings } from '../../settings/read-settings.ts';
import { stopRequest } from '../../toolchain/stop-request.ts';
import { planTestsProgram, runPlanTests } from './command.ts';

const argv = process.argv.slice(2);
// `--help` needs neither the synthesis nor Terraform.
if (argv.includes('--help') || argv.includes('-h')) planTestsProgram().parse(argv, { from: 'user' });

const outdir = join(import.meta.dirname, '../../cdktf.out/plans');
const { TF_PLUGIN_CACHE_DIR: cache } = readSettings(
  {
    TF_PLUGIN_CACHE_DIR: {
      schema: z.string().default(join(outdir, 'plugins')),
      expected: 'the path of a folder',
      remedy: 'Set it to the path of a folder, or unset it to use a folder in cdktf.out',
    },
  },
  process.env,
);
const exitCode = await runPlanTests(argv, {
  terraform: {
    env: process.env,
    cache,
    signal: stopRequest('test:plans'),
  },
  stacks: async () => (await import('./stacks.ts')).stacksToTest(outdir),
  out: (text) => process.stdout.write(text),
  isTerminal: process.stdout.isTTY === true,
});
process.exit(exitCode);
