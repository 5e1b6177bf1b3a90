import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AlertOverrides } from '../../config/alert-overrides.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../metrics/definitions/nats.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { effectiveAlerts, prometheusRules, type RuleOptions } from '../../rules/index.ts';
import { adjustableThresholds, adjustments, type TypedOverrides } from '../../rules/overrides.ts';
import { thresholdText } from '../../rules/threshold.ts';
import { usdtThresholds } from '../../rules/usdt.ts';
import { expectedEverywhere, expectedOnLaptop, expectedWithThanos } from '../../sources/index.ts';
import { ruleOptions } from '../../stacks/rule-options.ts';
import { adjusted, committed } from '../stacks/environments.ts';
import { type AlertCase, series, steady } from './case.ts';
import { alertCases } from './cases.ts';
import { casesOfEnvironments } from './cases-of-environments.ts';
import { promtool } from './play.ts';
import { alerts, alertsWith, alertTests } from './promtool.ts';

const { objections, play, write } = promtool();

const target = { cluster: 'a', instance: 'b', job: 'c' } as const;
const exporter = { instance: 'b', job: 'usdt-exporter' } as const;
const batch = { job: 'batch', dag_id: 'etl' } as const;

/** One override of each kind. */
const overrides = {
  NatsConnectionsNearLimit: { threshold: 0.9 },
  UsdtRateStale: { threshold: '1h', severity: 'warning' },
  BatchRunFailed: { for: '10m', labels: { team: 'data' } },
  BatchRecordsLost: { annotations: { summary: 'Lost: {{ $value | humanize }}', wiki: 'https://wiki/lost' } },
  UsdtMarketThin: { disabled: 'one side of this market is always thin' },
} as const satisfies TypedOverrides & AlertOverrides;

const used = (of1000: number) => [
  series(natsMetrics.connections, target, steady(of1000)),
  series(natsMetrics.maxConnections, target, steady(1000)),
];

const cases: readonly AlertCase[] = [
  {
    alert: 'NatsConnectionsNearLimit',
    when: '880 of 1000 connections are open, and the threshold is 90 %',
    series: used(880),
    at: '20m',
  },
  {
    alert: 'NatsConnectionsNearLimit',
    when: '920 of 1000 connections are open, and the threshold is 90 %',
    series: used(920),
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: target, value: 0.92 }],
  },
  {
    alert: 'UsdtRateStale',
    when: 'the rate is older than the changed threshold of an hour',
    series: [series(usdtMetrics.lastUpdate, exporter, steady(0))],
    at: '1h1m30s',
    notYet: '59m',
    fires: [{ labels: exporter, value: 3690 }],
  },
  {
    alert: 'BatchRunFailed',
    when: 'the last run has failed for ten minutes',
    series: [series(batchMetrics.success, batch, steady(0))],
    at: '10m',
    notYet: '9m30s',
    fires: [{ labels: batch, value: 0 }],
  },
  {
    alert: 'BatchRecordsLost',
    when: 'a run lost records, and the summary is a text of the environment',
    series: [
      series(batchMetrics.transformed, batch, steady(2000)),
      series(batchMetrics.loaded, batch, steady(500)),
    ],
    at: '5m',
    fires: [{ labels: batch, value: 1500 }],
  },
];

const changed = (name: string) => alertsWith(overrides).find(({ alert }) => alert === name);
const declared = (name: string) => alerts.find(({ alert }) => alert === name);

describe('an override', () => {
  it('changes the condition, the labels and the texts of an alert', async () => {
    expect(await play(alertTests(cases, overrides))).toBe('');
  }, 60_000);

  it('is tested by cases that fail if the override is removed', async () => {
    const found = await Promise.all(
      [...new Set(cases.map(({ alert }) => alert))].map(async (name) => {
        const { labels, annotations } = changed(name) ?? { labels: {}, annotations: {} };
        const [test] = alertTests(
          cases.filter(({ alert }) => alert === name),
          overrides,
        );
        const rule = declared(name);
        if (!test || !rule) throw new Error(`no test of ${name}`);
        const original = { ...test, rules: { groups: [{ name, rules: [rule] }] } };
        return { name, labels, annotations, passes: (await play([original])) === '' };
      }),
    );
    expect(found.filter(({ passes }) => passes).map(({ name }) => name)).toEqual([]);
  }, 60_000);

  it('does not change other alerts, unless their text contains the overridden threshold', async () => {
    const others = alertCases.filter(({ alert }) => !Object.hasOwn(overrides, alert));
    for (const { alert } of others) {
      if (alert !== 'UsdtFetchFailing') expect(changed(alert)).toEqual(declared(alert));
    }
    expect(await play(alertTests(others.slice(0, 20), overrides))).toBe('');
  }, 60_000);

  it('of a threshold also changes the threshold in the descriptions of other alerts', () => {
    const rule = declared('UsdtFetchFailing');
    const { description = '' } = rule?.annotations ?? {};
    expect(description).toContain('stale after 30 minutes');
    expect(changed('UsdtFetchFailing')).toEqual({
      ...rule,
      annotations: {
        ...rule?.annotations,
        description: description.replace('stale after 30 minutes', 'stale after 1 hour'),
      },
    });
  });

  it('changes the severity, and adds the label `team`', () => {
    expect(changed('UsdtRateStale')?.labels).toEqual({ severity: 'warning' });
    expect(changed('BatchRunFailed')?.labels).toEqual({ severity: 'warning', team: 'data' });
  });

  it('replaces the summary of an alert, and keeps the link to the runbook', () => {
    expect(changed('BatchRecordsLost')?.annotations).toMatchObject({
      summary: 'Lost: {{ $value | humanize }}',
      wiki: 'https://wiki/lost',
      runbook_url: '/runbooks/BatchRecordsLost.md',
    });
  });

  it('with the field `disabled` removes the alert', () => {
    expect(declared('UsdtMarketThin')).toBeDefined();
    expect(changed('UsdtMarketThin')).toBeUndefined();
  });

  it('of the threshold in BatchRunMissing also changes the range in the expression', () => {
    const expr = (options: AlertOverrides) =>
      alertsWith(options).find(({ alert }) => alert === 'BatchRunMissing')?.expr ?? '';
    expect(expr({})).toContain('[1h15m]');
    expect(expr({ BatchRunMissing: { threshold: 3 } })).toContain('[3h]');
    expect(expr({ BatchRunMissing: { threshold: 3 } })).not.toContain('1.25');
  });

  it('of the threshold in PushgatewayRestarted also changes the `offset`', () => {
    const [rule] = alertsWith({ PushgatewayRestarted: { threshold: '30m' } }).filter(
      ({ alert }) => alert === 'PushgatewayRestarted',
    );
    expect(rule?.expr).toContain('< 1800');
    expect(rule?.expr).toContain('offset 30m');
  });
});

describe.each(
  checkEnvironments([...committed, adjusted]).map((environment) => ({ name: environment.name, environment })),
)('the environment $name', ({ name, environment }) => {
  const { overrides: changes = {} } = environment.alerting;
  const running = Object.entries(changes).filter(([, { disabled }]) => disabled === undefined);
  const needOwnCases = running
    .filter(([, change]) => change.threshold !== undefined || change.for !== undefined)
    .map(([alert]) => alert)
    .sort();
  const own = casesOfEnvironments[name] ?? [];

  it('has a firing and a silent test case for each new threshold or `for`', () => {
    const named = (fires: boolean) => [
      ...new Set(own.filter((one) => (one.fires !== undefined) === fires).map(({ alert }) => alert)),
    ];
    expect({ firing: named(true).sort(), silent: named(false).sort() }).toEqual({
      firing: needOwnCases,
      silent: needOwnCases,
    });
  });

  if (running.length > 0) {
    it('passes the promtool tests of each alert that the environment overrides', async () => {
      const unchanged = running.map(([alert]) => alert).filter((alert) => !needOwnCases.includes(alert));
      const declaredCases = alertCases.filter(({ alert }) => unchanged.includes(alert));
      expect(await play(alertTests([...declaredCases, ...own], changes))).toBe('');
    }, 60_000);
  }

  it('has rules that pass the lint of promtool', async () => {
    const file = write(`environment-${name}.yml`, prometheusRules(ruleOptions(environment)));
    expect(await objections('check', 'rules', '--lint=all', '--lint-fatal', file)).toBe('');
  });
});

it('prometheusRules leaves out a rule group if all alerts of the group are disabled', () => {
  const disabled = Object.fromEntries(
    ['ThanosCompactionHalted', 'ThanosCompactionStalled', 'ThanosObjectStoreFailing'].map((alert) => [
      alert,
      { disabled: 'the storage team watches the object store' },
    ]),
  );
  const names = (changes: AlertOverrides) =>
    prometheusRules({ expected: expectedEverywhere, overrides: changes }).groups.map((group) => group.name);
  expect(names({})).toContain('thanos-object-store');
  expect(names(disabled)).toEqual(names({}).filter((group) => group !== 'thanos-object-store'));
});

describe('every adjustable threshold', () => {
  const rules = ruleGroups.flatMap(({ alerting = [] }) => alerting);
  const thresholds = rules.flatMap((rule) =>
    Object.entries(adjustableThresholds(rule)).map(([name, threshold]) => ({
      alert: rule.alert,
      name,
      threshold,
      single: Object.keys(adjustableThresholds(rule)).length === 1,
    })),
  );
  const atEnd = (end: 0 | 1): AlertOverrides =>
    Object.fromEntries(
      rules.map((rule) => {
        const values = Object.entries(adjustableThresholds(rule)).map(
          ([name, { allowed }]) => [name, allowed[end]] as const,
        );
        const [first] = values;
        if (!first) return [rule.alert, {}];
        return [rule.alert, { threshold: values.length === 1 ? first[1] : Object.fromEntries(values) }];
      }),
    );

  it('belongs to one alert only', () => {
    const owners = new Map<object, string[]>();
    for (const { alert, threshold } of thresholds) {
      owners.set(threshold, [...(owners.get(threshold) ?? []), alert]);
    }
    expect([...owners.values()].filter((names) => names.length > 1)).toEqual([]);
  });

  it.each(thresholds)(
    'changes only the expression of its alert: $alert, threshold $name',
    ({ alert, name, threshold, single }) => {
      const value = threshold.allowed[1];
      const options = { [alert]: { threshold: single ? value : { [name]: value } } } as AlertOverrides;
      const different = alertsWith(options).filter((rule) => rule.expr !== declared(rule.alert)?.expr);
      expect(different.map((rule) => rule.alert)).toEqual([alert]);
    },
  );

  it.each([
    ['lowest', 0],
    ['highest', 1],
  ] as const)('passes `promtool check rules` with its %s allowed value', async (_, end) => {
    const file = write(
      `end-${end}.yml`,
      prometheusRules({ chartRules: false, expected: expectedEverywhere, overrides: atEnd(end) }),
    );
    expect(await objections('check', 'rules', '--lint=all', '--lint-fatal', file)).toBe('');
  });
});

describe('the table of effective alerts', () => {
  const row = (name: string) => effectiveAlerts({ overrides }).find(({ alert }) => alert === name);

  it('marks exactly the changed values', () => {
    expect(row('UsdtRateStale')).toEqual({
      alert: 'UsdtRateStale',
      severity: { text: 'warning', changed: true },
      for: { text: '1m', changed: false },
      thresholds: { age: { text: '1 hour', changed: true } },
      texts: {},
    });
  });

  it('contains the reason for each alert that is not installed', () => {
    expect(row('UsdtMarketThin')?.absent).toBe('disabled: one side of this market is always thin');
    expect(row('DiskFilling')?.absent).toContain('NodeFilesystemSpaceFillingUp');
  });
});

describe('the table of the alerts of a system', () => {
  const runs = (options: RuleOptions) => {
    const ran = prometheusRules({ chartRules: false, ...options }).groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
    );
    const listed = effectiveAlerts({ chartRules: false, ...options });
    return { ran, listed, absent: (name: string) => listed.find(({ alert }) => alert === name)?.absent };
  };

  it.each([
    ['the laptop', { profile: 'laptop' }],
    ['a cluster with Prometheus', { expected: expectedOnLaptop }],
    ['a cluster with Thanos', { expected: expectedWithThanos }],
    ['a cluster with Thanos and an object store', { expected: expectedEverywhere }],
  ] as const)('gives a reason for each alert that does not run: %s', (_, options) => {
    const { ran, listed } = runs(options);
    const all = ruleGroups.flatMap(({ alerting = [] }) => alerting.map(({ alert }) => alert));
    expect(listed.map(({ alert }) => alert)).toEqual(all);
    expect(listed.flatMap(({ alert, absent }) => (absent === undefined ? [alert] : []))).toEqual(ran);
  });

  it('states what an alert needs, for example Thanos', () => {
    expect(runs({ profile: 'laptop' }).absent('CertificateExpiring')).toBe('runs only in a cluster');
    expect(runs({}).absent('ThanosQueriesSlow')).toBe('runs only where Thanos runs');
    expect(runs({ expected: expectedWithThanos }).absent('ThanosCompactionHalted')).toBe(
      'runs only with an object store',
    );
  });
});

describe('a switched-off alert of kube-prometheus-stack', () => {
  const names = (chartRulesOff: Parameters<typeof prometheusRules>[0]) =>
    prometheusRules(chartRulesOff).groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
    );

  it('is replaced by an alert of the platform', () => {
    expect(names({})).not.toContain('PrometheusConfigReloadFailed');
    expect(names({ chartRulesOff: { alerts: { PrometheusBadConfig: 'ours has a runbook' } } })).toContain(
      'PrometheusConfigReloadFailed',
    );
    expect(names({ chartRulesOff: { groups: { prometheus: 'ours have runbooks' } } })).toEqual(
      expect.arrayContaining(['PrometheusConfigReloadFailed', 'RuleEvaluationFailing']),
    );
  });
});

it('thresholds have their declared values if no override is applied', () => {
  expect(thresholdText(adjustments(ruleGroups)(usdtThresholds.stale))).toBe('30 minutes');
});

it('an override with a threshold of another alert does not compile', () => {
  expectTypeOf<TypedOverrides>().toHaveProperty('FreshnessSloBurningFast');
  expectTypeOf<NonNullable<TypedOverrides['UsdtRateStale']>['threshold']>().toEqualTypeOf<
    string | undefined
  >();
  expectTypeOf<NonNullable<TypedOverrides['UsdtRateJump']>['threshold']>().toEqualTypeOf<
    number | undefined
  >();
  expectTypeOf<NonNullable<TypedOverrides['BatchRunMissing']>['threshold']>().toEqualTypeOf<
    number | undefined
  >();
  expectTypeOf<NonNullable<TypedOverrides['DiskFilling']>['threshold']>().toEqualTypeOf<
    { readonly free?: number; readonly fullIn?: string } | undefined
  >();
  expectTypeOf<NonNullable<TypedOverrides['ThanosQueriesSlow']>['threshold']>().toEqualTypeOf<
    { readonly share?: number; readonly duration?: string } | undefined
  >();
  expectTypeOf<NonNullable<TypedOverrides['BatchRunFailed']>['threshold']>().toEqualTypeOf<undefined>();
});
