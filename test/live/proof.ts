import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Lists of queries that have returned data on a live pipeline. The live tests write the lists, and the counts read
 * them. A changed query is not in the list and therefore does not count as proven.
 */

export type ProofOf = 'panels' | 'panels-with-thanos' | 'documented-queries' | 'recording-rules';

const fileOf = (what: ProofOf) => join(import.meta.dirname, 'proof', `${what}.txt`);

/** Writes the list of queries that have returned data, one query on each line. */
export function writeProof(what: ProofOf, queries: readonly string[]): void {
  const text = `${[...new Set(queries)].sort().join('\n')}\n`;
  const file = fileOf(what);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

export function readProof(what: ProofOf): ReadonlySet<string> {
  const file = fileOf(what);
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
}
