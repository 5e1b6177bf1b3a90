import { exists, npmAncestor } from './npm-ancestor.ts';

const npmPollMs = 500;

/**
 * Aborts when the user ends this process: by Ctrl-C, by a signal, by closing the terminal, or by ending npm. The
 * process then stops its children by itself.
 *
 * @param script name of the npm script that runs this process
 */
export function stopRequest(script: string): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  // Output to a closed terminal fails.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  void stopWithNpm(script, stopping);
  return stopping.signal;
}

/** A killed npm forwards no signal, and the shell between npm and this process continues. */
async function stopWithNpm(script: string, stopping: AbortController): Promise<void> {
  const npm = await npmAncestor(script);
  if (npm !== undefined) setInterval(() => exists(npm) || stopping.abort(), npmPollMs).unref();
}
