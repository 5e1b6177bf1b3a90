import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * Time limit in seconds for sending the waiting samples before a reload of the configuration. While the receiver is
 * unreachable, the reload takes twice this time (measured with Prometheus 3.16).
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
