import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * Seconds for which Prometheus waits when it stops a remote-write queue. If the receiver is unreachable, a reload of
 * the configuration takes this time twice: for the samples and for the metadata. Measured with Prometheus 3.16 and its
 * default: 2 min.
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
