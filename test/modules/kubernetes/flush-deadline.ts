import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * The flush deadline of remote write, in seconds. While the receiver is unreachable, a reload takes twice the deadline
 * (measured with Prometheus 3.16).
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
