import { join } from 'node:path';
import { Command } from 'commander';
import { stopRequest } from '../toolchain/stop-request.ts';
import { endWith } from './end-with.ts';
import { exitCodes, exitCodesText } from './exit-codes.ts';

const program = new Command('npm run checkov --')
  .description(
    `Checks the synthesized stacks with Checkov. The file delivery/checkov/accepted.ts lists the accepted checks with their reasons. The command also fails if an accepted check has no finding. ${exitCodesText({ done: 'every finding is accepted', refused: 'a finding is not accepted', couldNotRun: 'Checkov cannot be run' })}`,
  )
  .option('--program <path>', 'the program of Checkov', 'checkov')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const { program: checkov } = program.opts<{ program: string }>();

await endWith(async () => {
  const { synthesize } = await import('../synthesis/synthesize.ts');
  const { runCheckov } = await import('./checkov/run-checkov.ts');
  const { judge } = await import('./checkov/judge.ts');
  const { acceptedChecks } = await import('./checkov/accepted.ts');
  const project = join(import.meta.dirname, '..');
  const signal = stopRequest('checkov');
  const stacks = await synthesize(project, join(project, 'cdktf.out'), signal);
  const report = await runCheckov(project, stacks, { program: checkov, signal });
  const { passed, accepted, refused, unused } = judge(report, acceptedChecks);
  for (const { check, name, stack, resource } of refused)
    console.log(`${check} ${stack} ${resource}: ${name}`);
  for (const { check, name } of unused)
    console.log(
      `The check ${check} (${name}) is accepted, but no stack fails this check. Delete the entry of ${check} in delivery/checkov/accepted.ts.`,
    );
  console.log(
    `Passed: ${passed}. Accepted findings: ${accepted}. Refused findings: ${refused.length}. Obsolete entries in delivery/checkov/accepted.ts: ${unused.length}.`,
  );
  return refused.length + unused.length > 0 ? exitCodes.refused : exitCodes.done;
});
process.exit();
