import { exists, npmAncestor } from './npm-ancestor.ts';

const npmPollMs = 500;

/**
 * The signal aborts after Ctrl-C, SIGTERM, a closed terminal or the end of npm.
 * @param script npm script such as `drift`
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
