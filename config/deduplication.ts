/**
 * Algorithm that the Thanos querier uses to merge the copies of a series.
 *
 * - `chain`: The querier returns the samples of all copies. Two agents of an edge cause twice the samples.
 * - `penalty`: The querier returns one copy, and switches to another copy at a gap.
 *   After a restart of an ingester, up to two samples of each series are missing in the result.
 */
export type Deduplication = 'chain' | 'penalty';

/** @param pairs whether any edge has two agents */
export function deduplicationOf(pairs: boolean): Deduplication {
  return pairs ? 'penalty' : 'chain';
}
