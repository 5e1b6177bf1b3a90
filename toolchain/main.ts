import { constants } from 'node:os';
import { Argument, Command } from 'commander';
import { obtainPrograms, type ProgramName, programs, renderProgress, ToolchainError } from './index.ts';

// Runs as `npm run programs`. Prints a line `name version path origin` for each program.
const command = new Command('npm run programs --')
  .description(
    'Obtains the pinned programs of the laptop pipeline and of the checks: from PATH, as releases, or by building them.',
  )
  .addArgument(
    new Argument(
      '[programs...]',
      `only these; without a name, all except ${Object.values(programs)
        .flatMap(({ name, onDemand }) => (onDemand ? [name] : []))
        .join(' and ')}`,
    ).choices(Object.keys(programs)),
  )
  .showHelpAfterError()
  .parse();
const names = command.args as ProgramName[];
const interruption = new AbortController();
let exitCode = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    exitCode = 128 + constants.signals[signal];
    interruption.abort(new Error(signal));
  });
}
const onProgress = renderProgress(process.stderr);
try {
  const obtained = await obtainPrograms({
    ...(names.length > 0 && { names }),
    signal: interruption.signal,
    onProgress,
    onNotice: onProgress.say,
  });
  for (const { name, version, path, origin } of Object.values(obtained)) {
    process.stdout.write(`${name} ${version} ${path} ${origin}\n`);
  }
} catch (error) {
  onProgress.end();
  if (!(error instanceof ToolchainError)) throw error;
  process.stderr.write(`${error.what}\n${error.remedy}\n`);
  exitCode ||= 1;
}
// `exit` does not wait for an open DNS lookup, which can take many seconds.
process.exit(exitCode);
