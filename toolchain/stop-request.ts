import { exists, npmAncestor } from './npm-ancestor.ts';

const npmPollMs = 500;

/**
 * Returns an AbortSignal that aborts after Ctrl-C or SIGTERM, or after the terminal closes. If npm started this
 * process, the AbortSignal also aborts after npm ends.
 * @param script name of an npm script, such as `drift`
 */
export function stopRequest(script: string): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  // A write to a closed terminal fails. This failure is ignored.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  void stopWithNpm(script, stopping);
  return stopping.signal;
}

/** Polls whether npm still runs, because a killed npm sends no signal to this process. */
async function stopWithNpm(script: string, stopping: AbortController): Promise<void> {
  const npm = await npmAncestor(script);
  if (npm !== undefined) setInterval(() => exists(npm) || stopping.abort(), npmPollMs).unref();
}
