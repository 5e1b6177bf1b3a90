import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type RuleTest, recordings } from '../promtool.ts';
import { proofOf } from './equivalent/proofs.ts';
import { type Mutant, mutantsOf, namedRules } from './mutants.ts';
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

function fingerprintOf(name: string): string {
  const rule = namedRules.find(([candidate]) => candidate === name)?.[1];
  if (!rule) throw new Error(`There is no rule ${name}.`);
  return hashOf(testsOf(rule), mutantsOf(name, rule));
}

/** Hash of a rule, its mutants and its tests, without the texts for people and without the version of promtool. */
export function hashOf(ruleTests: readonly RuleTest[], mutants: readonly Mutant[]): string {
  const tests = ruleTests.map(({ rules, test: caseFor }) => [rules, caseFor('')]);
  const played = mutants
    .filter((mutant) => proofOf(mutant, recordings) === undefined)
    .map(({ change, at }) => [change, at]);
  return createHash('sha256')
    .update(JSON.stringify([tests, played], withoutTexts))
    .digest('hex')
    .slice(0, 16);
}

function withoutTexts(this: object, key: string, value: unknown): unknown {
  if (key === 'exp_annotations') return undefined;
  if (key === 'name' && ('input_series' in this || 'rules' in this)) return undefined;
  if (key === 'annotations') return JSON.stringify(value).match(/\{\{.*?\}\}/g) ?? [];
  return value;
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
