import { constants } from 'node:os';
import { obtainPrograms, renderProgress, ToolchainError } from './index.ts';

// Obtains every program; progress on stderr, `name version path origin` on stdout.
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
  const programs = await obtainPrograms({
    signal: interruption.signal,
    onProgress,
    onNotice: onProgress.say,
  });
  for (const { name, version, path, origin } of Object.values(programs)) {
    process.stdout.write(`${name} ${version} ${path} ${origin}\n`);
  }
} catch (error) {
  onProgress.end();
  if (!(error instanceof ToolchainError)) throw error;
  process.stderr.write(`${error.what}\n${error.remedy}\n`);
  exitCode ||= 1;
}
// at once: where there is no network, a name look-up that nobody waits for any more may run for many seconds
process.exit(exitCode);
