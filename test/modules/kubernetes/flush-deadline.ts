import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * Returns the value of `--storage.remote.flush-deadline` in seconds. Before a reload, Prometheus tries to send its
 * waiting samples for this time. If the receiver is unreachable, the reload takes twice this time (measured with
 * Prometheus 3.16).
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
