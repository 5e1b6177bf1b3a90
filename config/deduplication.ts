/**
 * How the Thanos querier merges the copies of a series.
 *
 * - `chain` merges the samples of all copies: samples with the same time count once. It fits single agents, because all
 *   copies of a sample have the same time. The samples of two agents have different times, therefore `chain` would
 *   return both.
 * - `penalty` returns the samples of one copy, and changes to another copy at a gap. It fits two agents. With single
 *   agents, it hides up to two samples after a restart of an ingester (measured: 2,000 of 125,000).
 */
export type Deduplication = 'chain' | 'penalty';

/** @param pairs whether edges have two agents */
export function deduplicationOf(pairs: boolean): Deduplication {
  return pairs ? 'penalty' : 'chain';
}
