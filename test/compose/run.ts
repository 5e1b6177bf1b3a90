import { Command } from 'commander';
import which from 'which';
import { parseOffset } from '../../demo/settings.ts';

const { portOffset, keep = false } = new Command('npm run test:compose --')
  .description(
    'Runs compose.yaml with podman, on images made of the programs of this machine, and checks the pipeline. Exit codes: 0 everything passes, 1 a check fails, 2 a program is missing.',
  )
  .option('--port-offset <N>', 'adds N to every port', parseOffset, 0)
  .option('--keep', 'does not stop the containers at the end')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse()
  .opts<{ portOffset: number; keep?: boolean }>();

const missing: string[] = [];
for (const program of ['podman', 'podman-compose', 'busybox', 'ldd']) {
  if (!(await which(program, { nothrow: true }))) missing.push(program);
}
if (missing.length > 0) {
  console.error(
    `The test needs ${missing.join(', ')} on PATH. Install the missing programs, then start the test again.`,
  );
  process.exit(2);
}

// `--help` must not load this module.
const { runCompose } = await import('./podman.ts');
try {
  process.exitCode = (await runCompose({ portOffset, keep })) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
