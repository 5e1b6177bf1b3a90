import { processes } from '../../toolchain/process-table.ts';

/** Resident bytes by process id, without the processes that have ended. */
export async function residentBytes(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const entries = await processes(pids);
  return new Map(entries.flatMap(({ pid, rssBytes }) => (rssBytes > 0 ? [[pid, rssBytes] as const] : [])));
}
