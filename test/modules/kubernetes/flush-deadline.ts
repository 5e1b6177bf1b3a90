import { seconds } from '../../../metrics/duration.ts';

interface Argument {
  readonly name: string;
  readonly value: string;
}

/**
 * Maximum seconds in which a stopping remote-write queue sends its samples. With an unreachable receiver, a reload
 * waits for twice this time (measured with Prometheus 3.16).
 */
export function flushSeconds(additionalArgs: readonly Argument[] = []): number {
  const flag = additionalArgs.find(({ name }) => name === 'storage.remote.flush-deadline');
  return seconds(flag?.value ?? '1m');
}
