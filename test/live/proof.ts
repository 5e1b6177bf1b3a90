import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The queries that have returned data on a live pipeline. The live tests write the list; the counts read it.
 * Therefore a changed query does not count as proven.
 */

export type ProofOf = 'panels' | 'documented-queries' | 'recording-rules';

const fileOf = (what: ProofOf) => join(import.meta.dirname, 'proof', `${what}.txt`);

/** Keeps the queries that returned data, one per line. */
export function writeProof(what: ProofOf, queries: readonly string[]): void {
  const text = `${[...new Set(queries)].sort().join('\n')}\n`;
  const file = fileOf(what);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

export function readProof(what: ProofOf): ReadonlySet<string> {
  const file = fileOf(what);
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
}
