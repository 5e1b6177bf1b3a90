import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/* Each file in `proof/` lists queries that returned data in a live test. */

export type ProofOf = 'panels' | 'panels-with-thanos' | 'documented-queries' | 'recording-rules';

const fileOf = (what: ProofOf) => join(import.meta.dirname, 'proof', `${what}.txt`);

export function writeProof(what: ProofOf, queries: readonly string[]): void {
  const text = `${[...new Set(queries)].sort().join('\n')}\n`;
  const file = fileOf(what);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

export function readProof(what: ProofOf): ReadonlySet<string> {
  const file = fileOf(what);
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
}
