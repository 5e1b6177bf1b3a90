import { describe, expect, it } from 'vitest';
import { obtainPrograms } from '../../toolchain/index.ts';
import { proofOf } from './mutation/equivalent/proofs.ts';
import { explanationOf, explanations } from './mutation/explained.ts';
import { type Mutant, mutantsOf, namedRules } from './mutation/mutants.ts';
import { playMutants } from './mutation/play.ts';
import { changedRules, hashOf, mutationScore, readRecord } from './mutation/record.ts';
import { alerts, recordings } from './promtool.ts';

const mutants = namedRules.flatMap(([name, rule]) => mutantsOf(name, rule));
const isProven = (mutant: Mutant) => proofOf(mutant, recordings) !== undefined;
const mutantOf = (rule: string, change: string) => {
  const found = mutants.find((mutant) => mutant.rule === rule && mutant.change === change);
  if (!found) throw new Error(`${rule} has no mutant ${change}.`);
  return found;
};
const promtool = async () => (await obtainPrograms({ names: ['promtool'] })).promtool.path;

describe('the mutation test of the rules', () => {
  it('distinguishes killed, surviving and invalid mutants', async () => {
    const noticed = mutantOf('PushgatewayDown', '== → !=');
    const unnoticed = { ...noticed, mutated: { ...noticed.original, expr: `(${noticed.original.expr})` } };
    const same = { ...noticed, mutated: noticed.original };
    const refused = { ...noticed, mutated: { ...noticed.original, expr: 'up ==' } };
    expect(await playMutants(await promtool(), [noticed, unnoticed, same, refused])).toEqual([
      'killed',
      'survived',
      'survived',
      'invalid',
    ]);
  }, 60_000);

  it('makes mutants of every rule except nats_jetstream_varz_stats_total_streams', () => {
    const without = namedRules
      .map(([name]) => name)
      .filter((name) => !mutants.some(({ rule }) => rule === name));
    expect(without).toEqual(['nats_jetstream_varz_stats_total_streams']);
  });

  it('contains explanations only of existing mutants', () => {
    const isKnown = (rule: string, change: string) =>
      mutants.some((mutant) => mutant.rule === rule && mutant.change === change && !isProven(mutant));
    const unknown = explanations.flatMap(({ rule, changes }) =>
      changes.filter((change) => !isKnown(rule, change)).map((change) => `${rule}: ${change}`),
    );
    expect(unknown).toEqual([]);
  });

  it('tests a rule again if its expression or a template of its summary has changed', () => {
    const rule = alerts[0] as (typeof alerts)[number];
    const hash = (annotations: object, expr = rule.expr) => {
      const changed = { ...rule, expr, annotations } as typeof rule;
      const expected = { exp_labels: {}, exp_annotations: annotations };
      const cases = [
        {
          name: JSON.stringify(annotations),
          input_series: [],
          alert_rule_test: [{ exp_alerts: [expected] }],
        },
      ];
      const test = {
        name: rule.alert,
        rules: { groups: [{ name: 'a', rules: [changed] }] },
        test: () => ({ tests: cases }),
      };
      return hashOf([test], mutantsOf(rule.alert, changed));
    };
    const summary = 'No scrape of {{ $labels.job }} succeeds.';
    const original = hash({ summary });
    expect(hash({ summary: 'All scrapes of {{ $labels.job }} fail.' })).toBe(original);
    expect(hash({ summary: summary.replace('job', 'cluster') })).not.toBe(original);
    expect(hash({ summary }, `${rule.expr} > 0`)).not.toBe(original);
  });

  it('kills at least 95 % of the mutants in the committed record', () => {
    expect(mutationScore(readRecord())).toBeGreaterThanOrEqual(0.95);
  });

  it('has a reason for each surviving mutant of a changed rule', async () => {
    const changed = changedRules(readRecord());
    const played = mutants.filter((mutant) => changed.includes(mutant.rule) && !isProven(mutant));
    const verdicts = await playMutants(await promtool(), played);
    const survivors = played.filter(
      (mutant, index) => verdicts[index] === 'survived' && explanationOf(mutant) === undefined,
    );
    expect(survivors.map(({ rule, operator, change }) => `${rule}: ${operator}: ${change}`)).toEqual([]);
  }, 600_000);
});
