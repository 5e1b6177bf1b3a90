import { describe, expect, it } from 'vitest';
import { chartRuleGroups, chartRulesVersion } from '../../config/chart-rules.ts';
import { charts } from '../../config/charts.ts';
import { local } from '../../config/environments/index.ts';
import { checkEnvironments, EnvironmentError } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { moving, onThanos, variants } from '../stacks/environments.ts';

const withObjectStore = variants.find(({ platform }) => 'objectStorage' in platform);

/** The problems of an environment with these alert settings, one line each. */
function problems(alerting: object, base: EnvironmentValues = local): string[] {
  const environment = { ...base, alerting: { ...base.alerting, ...alerting } } as EnvironmentValues;
  try {
    checkEnvironments([environment]);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map(({ setting, message }) => `${setting} ${message}`);
  }
}

const refused = (overrides: object) => problems({ overrides });

describe('the check of the alert overrides', () => {
  it.each([
    { UsdtRateStale: { threshold: '1h', for: '5m', severity: 'warning' } },
    { NatsConnectionsNearLimit: { threshold: 0.9 } },
    { DiskFilling: { disabled: 'x' } },
    { BatchRunSlow: { threshold: { slow: 3 } } },
    {
      BatchRunFailed: {
        labels: { team: 'data' },
        annotations: { summary: '{{ $labels.job }}: {{ $value }}' },
      },
    },
    { UsdtMarketThin: { disabled: 'this market is always thin' } },
    { PushFailed: { for: '10m' } },
  ])('accepts %o', (overrides) => {
    const chartRules = { alerts: { NodeFilesystemSpaceFillingUp: 'ours has a runbook' } };
    expect(problems({ overrides, ...('DiskFilling' in overrides && { chartRules }) })).toEqual([]);
  });

  it.each([
    [
      'an unknown alert',
      { UsdtRateOld: { for: '5m' } },
      /UsdtRateOld is no alert .*UsdtRateStale.*npm run alerts/,
    ],
    ['an override without a field', { UsdtRateStale: {} }, /is empty and has no effect; set a field/],
    [
      'a number for a duration',
      { UsdtRateStale: { threshold: 1800 } },
      /UsdtRateStale\.threshold 1800 has the wrong unit; expected a duration .* from 10m to 1d \(default 30 minutes\)/,
    ],
    [
      'a duration for a share',
      { UsdtRateJump: { threshold: '5m' } },
      /"5m" has the wrong unit; expected a share of 1 from 0\.005 to 0\.5, which is 0\.5 % to 50 % \(default 3 %\)/,
    ],
    [
      'a percentage for a share',
      { UsdtRateJump: { threshold: 5 } },
      /5 is outside the allowed range; expected a share of 1/,
    ],
    [
      'a duration below the range',
      { UsdtRateStale: { threshold: '1m' } },
      /"1m" is outside the allowed range/,
    ],
    [
      'the default threshold',
      { UsdtRateStale: { threshold: '1800s' } },
      /"1800s" is the default and has no effect/,
    ],
    ['the default number', { UsdtRateJump: { threshold: 0.03 } }, /0\.03 is the default and has no effect/],
    ['the default time', { UsdtRateStale: { for: '60s' } }, /\.for 60s is the default and has no effect/],
    ['no time for an alert without one', { PushFailed: { for: '0s' } }, /\.for 0s is the default/],
    [
      'the default severity',
      { UsdtRateStale: { severity: 'critical' } },
      /\.severity critical is the default/,
    ],
    ['an unknown severity', { UsdtRateStale: { severity: 'page' } }, /\.severity is "page", expected one of/],
    [
      'a time that is no duration',
      { UsdtRateStale: { for: 'soon' } },
      /is "soon", expected a Prometheus duration/,
    ],
    ['a time of two days', { UsdtRateStale: { for: '2d' } }, /2d is too long, because .*; set at most 1d/],
    [
      'a time longer than the condition lasts',
      { PushgatewayRestarted: { for: '10m' } },
      /10m is too long, because the condition is true for only 15m .*; set at most 450s/,
    ],
    [
      'a threshold of an alert without one',
      { BatchRunFailed: { threshold: 1 } },
      /compares with no threshold/,
    ],
    [
      'one value for several thresholds',
      { BatchRunSlow: { threshold: 3 } },
      /several thresholds; expected an object with at least one of slow \(a factor from 1\.1 to 20.*shortest \(/,
    ],
    [
      'an object for a single threshold',
      { UsdtRateStale: { threshold: { age: '1h' } } },
      /has one threshold; expected a duration/,
    ],
    [
      'an unknown threshold',
      { BatchRunSlow: { threshold: { slower: 3 } } },
      /threshold\.slower is no threshold .*slow, shortest/,
    ],
    [
      'an object without a threshold',
      { BatchRunSlow: { threshold: {} } },
      /\{\} has no effect; set at least one of slow, shortest/,
    ],
    [
      'a label of the routes',
      { UsdtRateStale: { labels: { severity: 'low' } } },
      /labels\.severity cannot be set: the field severity/,
    ],
    [
      'a label of the groups',
      { UsdtRateStale: { labels: { cluster: 'x' } } },
      /labels\.cluster cannot be set/,
    ],
    [
      'a label of a series',
      { NatsConsumerLagging: { labels: { stream_name: 'x' } } },
      /labels\.stream_name cannot be set/,
    ],
    ['a misspelt label', { UsdtRateStale: { labels: { 'team-a': 'x' } } }, /expected the name of a label/],
    ['an empty label', { UsdtRateStale: { labels: { team: '' } } }, /expected one line of text/],
    [
      'a changing label',
      { UsdtRateStale: { labels: { rate: '{{ $value }}' } } },
      /expected one line of text without/,
    ],
    ['no label', { UsdtRateStale: { labels: {} } }, /labels is empty and has no effect/],
    [
      'an annotation with a broken template',
      { UsdtRateStale: { annotations: { summary: '{{ $value' } } },
      /allowed templates are/,
    ],
    [
      'an annotation with a function',
      { UsdtRateStale: { annotations: { summary: '{{ query "up" }}' } } },
      /allowed templates are/,
    ],
    [
      'the default annotation',
      {
        UsdtRateStale: {
          annotations: { summary: 'The USDT/VND rate is {{ $value | humanizeDuration }} old.' },
        },
      },
      /annotations\.summary is the default text and has no effect/,
    ],
    ['an empty reason', { UsdtRateStale: { disabled: ' ' } }, /expected the reason as one line/],
    ['a switch without a reason', { UsdtRateStale: { disabled: true } }, /disabled is true, /],
    [
      'another field of a disabled alert',
      { UsdtRateStale: { disabled: 'x', for: '5m' } },
      /UsdtRateStale\.for has no effect, because disabled is set/,
    ],
    ['an unknown field', { UsdtRateStale: { treshold: '1h' } }, /treshold is an unknown setting/],
    [
      'an alert that the chart replaces',
      { DiskFilling: { threshold: { free: 0.2 } } },
      /DiskFilling has no effect: the alert NodeFilesystemSpaceFillingUp .*alerting\.chartRules\.alerts/,
    ],
  ])('refuses %s', (_, overrides, message) => {
    const found = refused(overrides);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
    expect(found[0]).toMatch(/^local\.alerting\.overrides\./);
  });

  const ofThanos = { ThanosQueriesSlow: { threshold: { duration: '20s' } } };
  const ofStore = { ThanosCompactionHalted: { for: '10m' } };

  it('refuses a Thanos alert in an environment without Thanos', () => {
    expect(refused(ofThanos)).toEqual([
      'local.alerting.overrides.ThanosQueriesSlow has no effect: the alert runs only where Thanos runs; remove the override',
    ]);
    expect(problems({ overrides: ofThanos }, onThanos)).toEqual([]);
  });

  it('accepts a Thanos alert during a move to Thanos', () => {
    expect(problems({ overrides: ofThanos }, moving.readsPrometheus)).toEqual([]);
    expect(problems({ overrides: ofThanos }, moving.readsThanos)).toEqual([]);
  });

  it('refuses an alert that needs a missing object store', () => {
    expect(problems({ overrides: ofStore }, onThanos)).toEqual([
      'thanos.alerting.overrides.ThanosCompactionHalted has no effect: the alert runs only with an object store; remove the override',
    ]);
    expect(problems({ overrides: ofStore }, withObjectStore)).toEqual([]);
  });

  it('skips the overrides if the engine is unknown', () => {
    const environment = { ...local, central: { ...local.central, engine: 'cortex' } };
    const found = problems({ overrides: ofThanos }, environment as unknown as EnvironmentValues);
    expect(found).toEqual([expect.stringMatching(/^local\.central\.engine /)]);
  });

  it('refuses an override of a computed threshold', () => {
    expect(refused({ BatchRunMissing: { threshold: 3 } })).toEqual([]);
    expect(refused({ BatchRunMissing: { threshold: { firstReport: '1h' } } })[0]).toMatch(/one threshold/);
  });
});

describe('the check of alerting.chartRules', () => {
  it.each([
    ['an unknown group', { groups: { nodes: 'x' } }, /groups\.nodes is not a valid name, expected a group/],
    ['an unknown alert', { alerts: { NodeDown: 'x' } }, /expected an alert of the default rules/],
    ['an empty reason', { groups: { general: '' } }, /expected the reason/],
    ['a group that the chart does not install', { groups: { etcd: 'x' } }, /etcd has no effect: .*kubeEtcd/],
    [
      'an alert of a group that the chart does not install',
      { alerts: { etcdNoLeader: 'x' } },
      /etcdNoLeader has no effect: .*kubeEtcd/,
    ],
    [
      'an alert of a group that is also switched off',
      { groups: { general: 'x' }, alerts: { TargetDown: 'x' } },
      /TargetDown has no effect: .* switches off the group general/,
    ],
    ['an empty list of alerts', { alerts: {} }, /chartRules\.alerts is empty \(\{\}\) and has no effect/],
  ])('refuses %s', (_, chartRules, message) => {
    const found = problems({ chartRules });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('accepts a disabled rule group and a disabled alert', () => {
    expect(
      problems({
        chartRules: { groups: { kubernetesApps: 'another team' }, alerts: { Watchdog: 'no receiver' } },
      }),
    ).toEqual([]);
  });

  it('uses the default rules of the pinned chart version', () => {
    // After a chart upgrade, compare `chartRuleGroups` with the new chart. Then set `chartRulesVersion`.
    expect(chartRulesVersion).toBe(charts.kubePrometheusStack.version);
  });

  it('lists every chart alert that can replace a platform rule', () => {
    const known: readonly string[] = Object.values(chartRuleGroups).flatMap(({ alerts }) => alerts);
    const replacing = ruleGroups.flatMap(({ alerting = [] }) =>
      alerting.flatMap(({ chartAlert }) => chartAlert ?? []),
    );
    expect(replacing).not.toEqual([]);
    expect(replacing.filter((name) => !known.includes(name))).toEqual([]);
  });
});
