import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { defaultBatchPeriod, scrapeTimeoutSeconds, sloObjectives } from '../../config/knobs.ts';
import { type Profile, seconds } from '../../metrics/duration.ts';
import { render } from '../../metrics/promql.ts';
import { ruleGroups } from '../../rules/groups.ts';
import type { AlertingRule } from '../../rules/rule.ts';
import { slowShare } from '../../rules/selectors.ts';
import { budgetOf, burnWindows, freshnessLimit, sloPeriod, slos } from '../../rules/slo.ts';
import { text, textFor } from '../../rules/text.ts';
import {
  count,
  drawn,
  duration,
  ratio,
  type Threshold,
  thresholdText,
  times,
} from '../../rules/threshold.ts';
import { seriesOnLaptop } from '../../sources/index.ts';
import { runbooks } from '../metrics/documents.ts';
import { durationsIn, inText, names, ratiosIn } from './spelling.ts';

const alerts = ruleGroups.flatMap(({ alerting = [] }) => alerting);
/** The expression of a burn-rate alert contains numbers that are computed from the error budget. */
const isBurnRate = ({ alert }: AlertingRule) => alert.includes('SloBurning');
const budgetShares = Object.values(burnWindows).flatMap((windows) =>
  Object.values(windows).map(({ factor, long }) => (factor * seconds(long.production)) / seconds('30d')),
);
const thresholdsOf = ({ thresholds = {} }: AlertingRule) => Object.entries(thresholds);

function literals(rule: AlertingRule, profile: Profile) {
  const expr = render(rule.expr, profile);
  const numbers: number[] = [];
  const spans: number[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => {
      const literal = expr.slice(from, to);
      if (name === 'NumberDurationLiteral') numbers.push(Number(literal));
      if (name === 'NumberDurationLiteralInDurationContext') spans.push(seconds(literal));
    },
  });
  return { numbers, spans };
}

const compared = (threshold: Threshold, profile: Profile) =>
  threshold.unit === 'duration' ? seconds(threshold.value[profile]) : threshold.value;

describe.each(['production', 'laptop'] as const)(
  'the expression of an alert in the profile %s',
  (profile) => {
    it.each(alerts)('contains each threshold of the alert: $alert', (rule) => {
      const { numbers, spans } = literals(rule, profile);
      const values = thresholdsOf(rule).map(([, threshold]) => compared(threshold, profile));
      // A threshold can also be the duration of a range, such as `[5m]`.
      expect([...numbers, ...spans]).toEqual(expect.arrayContaining(values));
    });

    it.each(alerts.filter((rule) => !isBurnRate(rule)))(
      'contains no undeclared threshold: $alert',
      (rule) => {
        const declared = thresholdsOf(rule).map(([, threshold]) => compared(threshold, profile));
        // 1000 is no threshold: the alert NatsServerRestarted divides milliseconds by 1000.
        const known = [0, 1, 1000, seconds(defaultBatchPeriod[profile]), seriesOnLaptop, ...declared];
        expect(literals(rule, profile).numbers.filter((number) => !known.includes(number))).toEqual([]);
      },
    );

    it.each(alerts)('has exactly the declared ranges and offsets: $alert', (rule) => {
      const declared = (rule.windows ?? []).map((window) => seconds(window[profile]));
      expect(new Set(literals(rule, profile).spans)).toEqual(new Set(declared));
    });
  },
);

describe('a threshold', () => {
  const thresholds = alerts.flatMap((rule) =>
    thresholdsOf(rule).map(([name, threshold]) => ({ name: `${rule.alert}.${name}`, threshold })),
  );

  it.each(thresholds)('$name is within its allowed range', ({ threshold }) => {
    const [min, max] =
      threshold.unit === 'duration' ? threshold.allowed.map((end) => seconds(end)) : threshold.allowed;
    expect(min).toBeLessThan(max as number);
    expect(drawn(threshold)).toBeGreaterThanOrEqual(min as number);
    expect(drawn(threshold)).toBeLessThanOrEqual(max as number);
  });

  it.each([
    [ratio(0.03, 0, 1), '3 %', '3 %'],
    [times(1.25, 1, 2), '1.25', '1.25'],
    [count(100_000, 1, 1e9), '100,000', '100,000'],
    [duration({ production: '30m', laptop: '30s' }, '1m', '1h'), '30 minutes', '30 seconds'],
  ])('is formatted as text: %j becomes "%s"', (threshold, production, laptop) => {
    expect(thresholdText(threshold)).toBe(production);
    expect(thresholdText(threshold, 'laptop')).toBe(laptop);
  });
});

it('the text of an alert shows the duration 6h as "6 hours" and the ratio 0.5 as "50 %"', () => {
  const nested = text`after ${{ production: '6h', laptop: '36m' }}`;
  const written = text`More than ${ratio(0.5, 0, 1)} {{ $value }} ${nested}, {{ "${'x'}" }}.`;
  expect(textFor(written, 'production')).toBe('More than 50 % {{ $value }} after 6 hours, {{ "x" }}.');
  expect(textFor(written, 'laptop')).toBe('More than 50 % {{ $value }} after 36 minutes, {{ "x" }}.');
});

describe('the runbook of an alert', () => {
  const meaningOf = (alert: string): string => {
    const { text = '' } = runbooks().find(({ file }) => file.endsWith(`/${alert}.md`)) ?? {};
    return (/^## Meaning\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '').replace(/\s+/g, ' ');
  };

  const optionalInRunbooks = ['firstReport', 'least', 'refreshes', 'scrape', 'shortest'];
  const main = alerts.flatMap((rule) =>
    thresholdsOf(rule)
      .filter(([name, threshold]) => !optionalInRunbooks.includes(name) && threshold.value !== 1)
      .map(([name, threshold]) => ({ alert: rule.alert, name, threshold })),
  );

  it.each(main)('contains the value of the threshold $name of $alert', ({ alert, threshold }) => {
    expect({ meaning: meaningOf(alert), names: names(meaningOf(alert), threshold) }).toMatchObject({
      names: true,
    });
  });

  const elsewhere: Readonly<Record<string, readonly string[]>> = {
    CertificateExpiring: ['30d', '21d'],
    EdgeCertificateExpiring: ['1h'],
    EdgeClusterSilent: ['1d', '30m'],
    ErrorBudgetLow: [sloPeriod.production, sloPeriod.laptop],
    // The runbook states that Kubernetes restarts a hanging NATS server after about 130 s.
    NatsServerDown: ['130s'],
  };

  it.each(alerts)('contains only durations from the rule or this test file: $alert', ({ alert, ...rule }) => {
    const own = [
      rule.for,
      ...(rule.windows ?? []),
      ...thresholdsOf({ alert, ...rule }).map(([, { value }]) => value),
    ]
      .flatMap((value) => (typeof value === 'object' ? [value.production, value.laptop] : []))
      .map(seconds);
    const limits = [
      ...(alert.startsWith('FreshnessSlo') ? Object.values(freshnessLimit.value).map(seconds) : []),
      ...(alert === 'ScrapeSlow' ? Object.values(scrapeTimeoutSeconds) : []),
      ...(isBurnRate({ alert, ...rule }) ? [seconds('30d')] : []),
    ];
    const known = [...own, ...limits, ...(elsewhere[alert] ?? []).map(seconds)];
    expect(
      durationsIn(meaningOf(alert))
        .filter((named) => !known.includes(named))
        .map(inText),
    ).toEqual([]);
  });

  it.each(alerts)('contains only percentages that are in the rule: $alert', (rule) => {
    const own = thresholdsOf(rule).flatMap(([, { unit, value }]) => (unit === 'ratio' ? [value] : []));
    const ofBudget =
      isBurnRate(rule) || rule.alert === 'ErrorBudgetLow'
        ? [...Object.values(sloObjectives), ...slos.map(budgetOf), ...budgetShares]
        : [];
    const ofTimeout = rule.alert === 'ScrapeSlow' ? [slowShare] : [];
    expect(
      ratiosIn(meaningOf(rule.alert)).filter((named) => ![...own, ...ofBudget, ...ofTimeout].includes(named)),
    ).toEqual([]);
  });

  it.each([
    ['within half an hour, or 8 s of 10', [1800, 8]],
    ['for a quarter of an hour and the last six hours', [900, 21_600]],
    ['a week, three minutes, the last day', [604_800, 180, 86_400]],
  ])('may contain a duration in words: %j', (sentence, expected) => {
    expect(durationsIn(sentence)).toEqual(expected);
  });
});
