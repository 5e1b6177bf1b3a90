import { describe, expect, it } from 'vitest';
import { type InhibitRule, inhibitRules } from '../../../metrics/rules/index.ts';
import { analyse } from '../promql-analysis.ts';
import { alertCases } from './cases.ts';
import { alerts } from './promtool.ts';

/** An alert of kube-prometheus-stack that ours explain. */
const ofChart = ['TargetDown'];
const names = [...alerts.map(({ alert }) => alert), ...ofChart];

const pattern = (matchers: readonly string[]) => {
  const [, alternatives] = /^alertname=~"(.*)"$/.exec(matchers[0] ?? '') ?? [];
  return (alternatives as string).split('|').map((alternative) => new RegExp(`^(?:${alternative})$`));
};
const matched = (matchers: readonly string[]) =>
  names.filter((name) => pattern(matchers).some((one) => one.test(name)));

/** Labels of an alert's cases: those that a firing alert has. */
function labelsOf(name: string): readonly string[] {
  return alertCases
    .filter(({ alert }) => alert === name)
    .flatMap(({ fires = [] }) => fires.flatMap(({ labels }) => Object.keys(labels)));
}

describe('each inhibition', () => {
  it.each(inhibitRules)('names alerts that there are: $source_matchers → $target_matchers', (rule) => {
    for (const matchers of [rule.source_matchers, rule.target_matchers]) {
      const empty = pattern(matchers).filter((one) => !names.some((name) => one.test(name)));
      expect(empty).toEqual([]);
    }
  });

  it.each(inhibitRules)(
    'compares labels that both sides have: $source_matchers → $target_matchers',
    (rule: InhibitRule) => {
      const sides = [...matched(rule.source_matchers), ...matched(rule.target_matchers)].filter(
        (name) => !ofChart.includes(name),
      );
      // A recorded silence has no cluster where the target has one: then nothing would ever be held back.
      const lacking = (rule.equal ?? []).flatMap((label) =>
        sides.filter((name) => !labelsOf(name).includes(label)).map((name) => `${name} has no ${label}`),
      );
      expect(lacking).toEqual([]);
    },
  );

  it('holds no critical alert back but for another critical one', () => {
    const severity = (name: string) => alerts.find(({ alert }) => alert === name)?.labels.severity;
    const softened = inhibitRules.flatMap((rule) =>
      matched(rule.source_matchers)
        .filter((source) => severity(source) !== 'critical')
        .flatMap((source) =>
          matched(rule.target_matchers)
            .filter((target) => severity(target) === 'critical')
            .map((target) => `${source} hides ${target}`),
        ),
    );
    expect(softened).toEqual([]);
  });
});

describe('whoever is paged for a cause', () => {
  it.each([
    ['EdgeClusterSilent', ['TargetMissing', 'NatsServerDown', 'JetStreamDisabled', 'RemoteWriteBehind']],
    ['EdgeClusterSilent', ['AgentWalDamaged', 'PrometheusAgentDown', 'FreshnessSloBurningFast']],
    ['NatsExporterDown', ['FreshnessSloBurningFast', 'TargetDown']],
    ['NatsServerDown', ['NatsTrafficStopped', 'NatsConsumerStalled', 'JetStreamStorageNearLimit']],
    ['NatsConsumerStalled', ['NatsConsumerLagging']],
    ['UsdtExporterDown', ['UsdtRateMissing', 'UsdtRateStale', 'ExporterSloBurningFast', 'TargetDown']],
    ['UsdtRateStale', ['ExporterSloBurningFast']],
    ['PushgatewayDown', ['PushFailed', 'PushSloBurningFast', 'BatchRunMissing', 'BatchDataStale']],
    ['BatchPusherDown', ['BatchRunMissing', 'BatchDataStale']],
    ['BatchDataStale', ['BatchRunMissing', 'BatchRunFailed']],
    ['AlertmanagerDown', ['NotificationsFailing', 'AlertsDropped']],
    ['FreshnessSloBurningFast', ['FreshnessSloBurningSlow']],
    ['PushSloBurningFast', ['PushSloBurningSlow']],
    ['ExporterSloBurningFast', ['ExporterSloBurningSlow']],
  ])('%s is not paged for what follows from it: %s', (cause, effects) => {
    const held = inhibitRules
      .filter(({ source_matchers }) => matched(source_matchers).includes(cause))
      .flatMap(({ target_matchers }) => matched(target_matchers));
    expect(held).toEqual(expect.arrayContaining(effects));
  });
});

describe('alerts', () => {
  it('show in their texts only labels that they have', () => {
    const unknown = alerts.flatMap(({ alert, annotations }) => {
      const texts = Object.values(annotations).join(' ');
      // What stands in `with` shows only where the label is.
      const always = texts.replace(/\{\{ with .*?\{\{ end \}\}/g, '');
      const shown = [...always.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label as string);
      return shown.filter((label) => !labelsOf(alert).includes(label)).map((label) => `${alert}: ${label}`);
    });
    expect(unknown).toEqual([]);
  });

  it('select something, each of them', () => {
    expect(alerts.filter(({ expr }) => analyse(expr).selectors.length === 0)).toEqual([]);
  });
});
