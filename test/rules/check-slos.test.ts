import { describe, expect, it } from 'vitest';
import { sloProblems } from '../../rules/check-slos.ts';
import { openSloObjects } from '../../rules/openslo.ts';
import { pushObjective, type Slo, slos } from '../../rules/slo.ts';
import { text } from '../../rules/text.ts';

const wrong: readonly (readonly [what: string, change: Partial<Slo>, message: RegExp])[] = [
  ['an objective of 100 %', { objective: 1 }, /push\.objective 1: expected a share .*no error budget/],
  ['an objective of 0', { objective: 0 }, /push\.objective 0: expected a share of the time between 0 and 1/],
  ['a percentage', { objective: 99 }, /push\.objective 99: expected a share .*such as 0\.99 for 99 %/],
  ['an objective that is no number', { objective: Number.NaN }, /push\.objective NaN: expected a share/],
  [
    'an objective at which the fast alert could never fire',
    { objective: 0.9 },
    /burn rate of 90 % is at most 10, and an alert compares it with 14\.4; .*expected more than 0\.9306/,
  ],
  ['a name with a capital letter', { name: 'Push' }, /Push\.name "Push": expected at most 63 lower-case/],
  ['an empty name', { name: '' }, /\.name "": expected at most 63/],
  ['a prefix that is no name of an alert', { alertPrefix: 'push-slo' }, /alertPrefix "push-slo": expected/],
  ['an empty condition', { promise: ' ' }, /push\.promise " ": expected a condition/],
  [
    'a condition that is a sentence',
    { promise: text`the gateway answers.` },
    /push\.promise .*without a full stop/,
  ],
];

const messages = (objectives: readonly Slo[]) =>
  sloProblems(objectives).map(({ setting, message }) => `${setting} ${message}`);

it('each service level objective of the pipeline has a valid definition', () => {
  expect(messages(slos)).toEqual([]);
});

describe('a service level objective', () => {
  it.each(wrong)('is refused with %s', (_, change, message) => {
    const broken = [{ ...pushObjective, ...change }];
    expect(messages(broken)).toEqual([expect.stringMatching(message)]);
    expect(() => openSloObjects(broken)).toThrow(message);
  });

  it('is refused if its name or its alert prefix is already in use', () => {
    expect(messages([...slos, pushObjective])).toEqual([
      expect.stringMatching(/push\.name "push" is also the name of another objective.*choose another name/),
      expect.stringMatching(/push\.alertPrefix "PushSlo" is also the prefix of another objective/),
    ]);
  });

  it('has a minimum target: 93.05 % is refused, and 93.1 % is accepted', () => {
    expect(messages([{ ...pushObjective, objective: 0.931 }])).toEqual([]);
    expect(messages([{ ...pushObjective, objective: 0.9305 }])).toHaveLength(1);
  });
});
