/**
 * How the Thanos querier merges the copies of a series.
 *
 * - `chain`: samples of all copies, without duplicates of a timestamp. With two agents, an edge has twice the samples.
 * - `penalty`: samples of one copy. At a gap, the querier switches to another copy. After a restart of an ingester, up
 *   to two samples of each series are missing. Measured: 2,000 of 125,000 samples.
 */
export type Deduplication = 'chain' | 'penalty';

/** @param pairs whether any edge has two agents */
export function deduplicationOf(pairs: boolean): Deduplication {
  return pairs ? 'penalty' : 'chain';
}
