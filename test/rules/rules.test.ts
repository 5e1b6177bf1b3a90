import { describe, expect, it } from 'vitest';
import { prometheusRules } from '../../rules/index.ts';
import { alertCases, recordingCases, testedAlerts } from './cases.ts';
import { gap, textsOf, withoutOptionalLabels } from './optional-labels.ts';
import { promtool } from './play.ts';
import { alerts, alertTests, recordings, recordingTests } from './promtool.ts';

const { objections, play, write } = promtool();

describe('rules', () => {
  it.each(['production', 'laptop'] as const)(
    'pass the lint of promtool in the profile %s',
    async (profile) => {
      const file = write(`${profile}.yml`, prometheusRules({ profile }));
      expect(await objections('check', 'rules', '--lint=all', '--lint-fatal', file)).toBe('');
    },
  );

  it('raise exactly the expected alerts in each case', async () => {
    expect(await play(alertTests(alertCases))).toBe('');
  }, 180_000);

  it('create complete alert texts even if optional labels are missing', async () => {
    const bare = withoutOptionalLabels(alertCases);
    expect([...new Set(bare.map(({ alert }) => alert))].sort()).toEqual(
      alerts.map(({ alert }) => alert).sort(),
    );
    expect(await play(alertTests(bare))).toBe('');
    expect(textsOf([...alertCases, ...bare]).filter(({ text }) => gap.test(text))).toEqual([]);
  }, 180_000);

  it('produce the expected series in each test case of a recording rule', async () => {
    expect(await play(recordingTests(recordingCases))).toBe('');
  });
});

describe('each alert', () => {
  const names = alerts.map(({ alert }) => alert).sort();

  it('has a unique name', () => {
    expect(names).toEqual([...new Set(names)]);
  });

  it('has a test case in which it fires and a test case in which it does not fire', () => {
    expect(testedAlerts()).toEqual(names);
  });

  it('with a `for` has a test case in which the alert does not fire yet', () => {
    const shown = new Set(alertCases.filter(({ notYet }) => notYet).map(({ alert }) => alert));
    expect(alerts.filter((rule) => rule.for && !shown.has(rule.alert)).map(({ alert }) => alert)).toEqual([]);
  });
});

describe('each recording rule', () => {
  it('has at least one test case', () => {
    const shown = new Set(recordingCases.map(({ record }) => record));
    expect(recordings.filter(({ record }) => !shown.has(record))).toEqual([]);
  });
});
