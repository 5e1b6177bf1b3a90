import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { recordings } from '../promtool.ts';
import { proofOf } from './equivalent/proofs.ts';
import { mutantsOf, namedRules } from './mutants.ts';
import { testsOf, type Verdict } from './play.ts';

const file = join(import.meta.dirname, 'recorded.json');

const result = z.object({
  fingerprint: z.string(),
  killed: z.number(),
  survived: z.number(),
});

export type Record = Readonly<{ [rule: string]: z.infer<typeof result> }>;

export const readRecord = (): Record =>
  z.record(z.string(), result).parse(JSON.parse(readFileSync(file, 'utf8')));

/** Writes the results, and removes the results of deleted rules. */
export function writeRecord(results: Record): void {
  const all: Record = { ...readRecord(), ...results };
  const kept = namedRules.flatMap(([name]) => (all[name] ? [[name, all[name]] as const] : []));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

/** Hash of the rule, its mutants and its tests. The version of promtool is not included. */
function fingerprintOf(name: string): string {
  const rule = namedRules.find(([candidate]) => candidate === name)?.[1];
  if (!rule) throw new Error(`There is no rule ${name}.`);
  const tests = testsOf(rule).map(({ rules, test: caseFor }) => [rules, caseFor('')]);
  const mutants = mutantsOf(name, rule)
    .filter((mutant) => proofOf(mutant, recordings) === undefined)
    .map(({ change, at }) => [change, at]);
  return createHash('sha256')
    .update(JSON.stringify([tests, mutants]))
    .digest('hex')
    .slice(0, 16);
}

export function changedRules(record: Record): readonly string[] {
  return namedRules.map(([name]) => name).filter((name) => record[name]?.fingerprint !== fingerprintOf(name));
}

/** Share of killed mutants among all killed and surviving mutants, from 0 to 1. */
export function mutationScore(record: Record): number {
  const sum = (key: 'killed' | 'survived') =>
    Object.values(record).reduce((total, rule) => total + rule[key], 0);
  const killed = sum('killed');
  return Math.round((killed / (killed + sum('survived'))) * 1000) / 1000;
}

export const resultOf = (name: string, verdicts: readonly Verdict[]): Record[string] => ({
  fingerprint: fingerprintOf(name),
  killed: verdicts.filter((verdict) => verdict === 'killed').length,
  survived: verdicts.filter((verdict) => verdict === 'survived').length,
});
