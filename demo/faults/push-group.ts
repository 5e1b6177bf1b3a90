import { exchange } from '../http-exchange.ts';

/** Milliseconds. The Pushgateway needs time to check a large group, such as 50,000 series (3 MB). */
const deadlineMs = 10_000;

/**
 * @param pushgateway URL without a path
 * @param exposition undefined deletes the group
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
