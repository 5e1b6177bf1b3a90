import { exchange } from '../http-exchange.ts';

/**
 * Milliseconds. The Pushgateway checks the consistency of a group, which takes time for a large group: 50,000 series
 * are 3 MB.
 */
const deadlineMs = 10_000;

/**
 * Replaces the group of a job in the Pushgateway.
 * @param pushgateway URL without a path
 * @param exposition metrics in the exposition format; undefined deletes the group
 * @throws Error if the Pushgateway refuses
 */
export async function pushGroup(
  pushgateway: string,
  job: string,
  exposition: string | undefined,
): Promise<void> {
  const { status, text } = await exchange(`${pushgateway}/metrics/job/${job}`, {
    method: exposition === undefined ? 'DELETE' : 'PUT',
    ...(exposition !== undefined && { exposition }),
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (status >= 300) throw new Error(`The Pushgateway answered ${status}: ${text}`);
}
