import { describe, expect, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { seconds } from '../../metrics/duration.ts';
import { ruleGroups } from '../../rules/groups.ts';
import {
  alertsOf,
  dashboardUids,
  type PrometheusRule,
  prometheusRules,
  thanosDashboardUids,
} from '../../rules/index.ts';
import {
  type Expected,
  expectedEverywhere,
  expectedOnLaptop,
  expectedWithThanos,
} from '../../sources/index.ts';
import { analyse } from '../metrics/promql-analysis.ts';

type Alert = Extract<PrometheusRule, { readonly alert: string }>;

const rulesOf = (options: Parameters<typeof prometheusRules>[0]) =>
  prometheusRules(options).groups.flatMap(({ rules }) => rules);
const alertsIn = (options: Parameters<typeof prometheusRules>[0]) =>
  rulesOf(options).filter((rule): rule is Alert => 'alert' in rule);

const everywhere = { chartRules: false, expected: expectedEverywhere } as const;

describe('the rule file for Prometheus', () => {
  it('gives an alert the links to its runbook and its dashboard', () => {
    const found = alertsIn({
      ...everywhere,
      runbookBaseUrl: 'https://wiki/runbooks',
      dashboardBaseUrl: 'https://grafana/d',
    });
    const links = found.map(({ annotations: { runbook_url, dashboard_url } }) => [
      runbook_url,
      dashboard_url,
    ]);
    expect(links).toEqual(
      ruleGroups
        .flatMap(({ alerting = [] }) => alerting)
        .map(({ alert, dashboard }) => [
          `https://wiki/runbooks/${alert}.md`,
          `https://grafana/d/${dashboard}`,
        ]),
    );
    expect(found[0]).toMatchObject({
      alert: 'TargetMissing',
      labels: { severity: 'critical' },
      annotations: {
        summary: expect.stringContaining('{{ $labels.job }}'),
        description: expect.any(String),
        runbook_url: 'https://wiki/runbooks/TargetMissing.md',
        dashboard_url: 'https://grafana/d/pipeline-health',
      },
    });
  });

  it('omits production alerts that kube-prometheus-stack already has', () => {
    const names = (options: Parameters<typeof prometheusRules>[0]) =>
      alertsIn(options).map(({ alert }) => alert);
    const ofChart = ruleGroups
      .flatMap(({ alerting = [] }) => alerting)
      .filter(({ chartAlert }) => chartAlert)
      .map(({ alert }) => alert);
    expect(ofChart).toContain('DiskFilling');
    expect(names({ profile: 'laptop' }).filter((alert) => !names({}).includes(alert))).toEqual(ofChart);
    expect(names({ chartRules: false })).toEqual(expect.arrayContaining(ofChart));
  });

  it('omits the groups that need a cluster if the profile is `laptop`', () => {
    const groups = (profile: 'production' | 'laptop') =>
      prometheusRules({ profile }).groups.map(({ name }) => name);
    expect(groups('production')).toEqual([...groups('laptop'), 'certificates']);
  });

  it('contains the groups of Thanos only if Thanos runs', () => {
    const groups = (expected?: Expected) =>
      prometheusRules({ profile: 'laptop', ...(expected && { expected }) })
        .groups.map(({ name }) => name)
        .filter((name) => name.startsWith('thanos'));
    expect(groups()).toEqual([]);
    expect(groups({ ...expectedOnLaptop, thanos: true })).toEqual(['thanos']);
    const ofEngine = ['thanos', 'thanos-ruler-notifications'];
    expect(groups(expectedWithThanos)).toEqual(ofEngine);
    expect(groups(expectedEverywhere)).toEqual([...ofEngine, 'thanos-object-store']);
  });

  it('has a shorter `for` and shorter ranges on the laptop', () => {
    const at = (profile: 'production' | 'laptop') => {
      const rule = alertsIn({ profile }).find(({ alert }) => alert === 'NatsConsumerStalled') as Alert;
      return { for: rule.for, ranges: analyse(rule.expr).ranges };
    };
    expect(at('production')).toEqual({ for: '5m', ranges: ['5m'] });
    expect(at('laptop')).toEqual({ for: '10s', ranges: ['30s'] });
  });

  it.each([
    ['production', scrapeIntervalSeconds.cluster],
    ['laptop', scrapeIntervalSeconds.laptop],
  ] as const)('has only ranges longer than four scrape intervals: %s', (profile, interval) => {
    const ranges = rulesOf({ profile, chartRules: false, expected: expectedEverywhere }).flatMap(
      ({ expr }) => analyse(expr).ranges,
    );
    expect(ranges.length).toBeGreaterThan(50);
    expect(ranges.filter((range) => seconds(range) <= 4 * interval)).toEqual([]);
  });

  it('evaluates the group `slo` once per scrape interval', () => {
    const interval = (profile: 'production' | 'laptop') =>
      prometheusRules({ profile }).groups.find(({ name }) => name === 'slo')?.interval;
    expect(interval('production')).toBe(`${scrapeIntervalSeconds.cluster}s`);
    expect(interval('laptop')).toBe(`${scrapeIntervalSeconds.laptop}s`);
  });

  it('assigns the USDT alerts to the dashboard `usdt-vnd`', () => {
    expect(alertsOf('usdt-vnd')).toEqual(expect.arrayContaining(['UsdtRateStale', 'ExporterSloBurningFast']));
    expect(alertsOf('usdt-vnd')).not.toContain('NatsServerDown');
  });

  it.each([...dashboardUids, ...thanosDashboardUids])(
    'links exactly the alerts from `alertsOf` to the dashboard %s',
    (uid) => {
      const linked = alertsIn(everywhere).filter(
        ({ annotations }) => annotations.dashboard_url === `/d/${uid}`,
      );
      expect(linked.length).toBeGreaterThan(0);
      expect(alertsOf(uid)).toEqual(linked.map(({ alert }) => alert));
    },
  );
});
