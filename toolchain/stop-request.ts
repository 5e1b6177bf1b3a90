import { exists, npmAncestor } from './npm-ancestor.ts';

const npmPollMs = 500;

/**
 * Returns a signal that aborts when the user ends this process with Ctrl-C or with a signal, closes the terminal, or
 * ends npm. The caller then stops the child processes.
 * @param script name of the npm script that runs this process
 */
export function stopRequest(script: string): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  // After the terminal has closed, writes to it fail. These failures are ignored.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  void stopWithNpm(script, stopping);
  return stopping.signal;
}

/**
 * Stops the process if npm is killed. A killed npm forwards no signal, and the shell between npm and this process
 * continues to run.
 */
async function stopWithNpm(script: string, stopping: AbortController): Promise<void> {
  const npm = await npmAncestor(script);
  if (npm !== undefined) setInterval(() => exists(npm) || stopping.abort(), npmPollMs).unref();
}
