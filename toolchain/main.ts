import process from 'node:process';
import { obtainPrograms, renderProgress, ToolchainError } from './index.ts';

// Obtains every program; progress on stderr, `name version path origin` on stdout.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => interruption.abort(new Error(signal)));
}
const onProgress = renderProgress(process.stderr);
try {
  const programs = await obtainPrograms({ signal: interruption.signal, onProgress });
  for (const { name, version, path, origin } of Object.values(programs)) {
    process.stdout.write(`${name} ${version} ${path} ${origin}\n`);
  }
} catch (error) {
  onProgress.end();
  if (!(error instanceof ToolchainError)) throw error;
  process.stderr.write(`${error.what}\n${error.remedy}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
