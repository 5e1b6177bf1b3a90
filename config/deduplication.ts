/**
 * Value of the option `--deduplication.func` of the Thanos querier.
 *
 * - `chain`: If an edge has two agents, the querier returns the samples of both agents.
 * - `penalty`: After a restart of an ingester, the querier leaves out up to two samples of each series.
 */
export type Deduplication = 'chain' | 'penalty';

/** @param pairs whether any edge has two agents */
export function deduplicationOf(pairs: boolean): Deduplication {
  return pairs ? 'penalty' : 'chain';
}
