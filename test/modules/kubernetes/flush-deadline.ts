import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * Seconds that stopping a queue of remote write may take. A reload of the configuration waits for two such times if the
 * receiver is unreachable: for the samples, and for the metadata (2 min measured with Prometheus 3.16 and the default).
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
