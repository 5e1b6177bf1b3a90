import { describe, expect, it } from 'vitest';
import { batchJob, etlDagId } from '../../config/topology.ts';
import { inhibitRules } from '../../rules/index.ts';
import { jobs } from '../../sources/index.ts';
import { analyse } from '../metrics/promql-analysis.ts';
import type { SeriesLabels } from '../metrics/series-labels.ts';
import { labelsOfAlert } from './alert-labels.ts';
import { alerts } from './promtool.ts';

type Labels = Readonly<Record<string, string>>;

/** Alerts of the Helm chart kube-prometheus-stack. `alerts` contains only our own alerts. */
const ofChart = ['TargetDown'];
const names = [...alerts.map(({ alert }) => alert), ...ofChart];

const pattern = (matchers: readonly string[]) => {
  const [, alternatives] = /^alertname=~"(.*)"$/.exec(matchers[0] ?? '') ?? [];
  return (alternatives as string).split('|').map((alternative) => new RegExp(`^(?:${alternative})$`));
};
const matched = (matchers: readonly string[]) =>
  names.filter((name) => pattern(matchers).some((one) => one.test(name)));

/** Labels of the alert `TargetDown` in the Helm chart kube-prometheus-stack. */
const chartLabels = {
  always: new Set(['job']),
  possible: new Set(['job', 'namespace', 'service', 'cluster']),
};

/** A matcher such as `dag_id="a"` matches only alerts that have the label `dag_id`. */
function labelsOf(name: string, matchers: readonly string[]): SeriesLabels {
  const { always, possible } = ofChart.includes(name) ? chartLabels : labelsOfAlert(name);
  const proven = matchers.flatMap((matcher) => /^(\w+)=".+"$/.exec(matcher)?.[1] ?? []);
  return { always: new Set([...always, ...proven]), possible };
}

const pairs = inhibitRules.flatMap((rule) =>
  matched(rule.source_matchers).flatMap((source) =>
    matched(rule.target_matchers).map((target) => ({ rule, source, target })),
  ),
);

/** Whether Alertmanager inhibits the target. A label that both alerts lack counts as equal. */
function inhibits(source: Labels, target: Labels): boolean {
  const value = (labels: Labels, label: string) => labels[label] ?? '';
  const matches = (labels: Labels, matchers: readonly string[]) =>
    matchers.every((matcher) => {
      const [, label = '', operator, text = ''] = /^(\w+)(=~|=)"(.*)"$/.exec(matcher) ?? [];
      const actual = value(labels, label);
      return operator === '=~' ? new RegExp(`^(?:${text})$`).test(actual) : actual === text;
    });
  return inhibitRules.some(
    ({ source_matchers, target_matchers, equal = [] }) =>
      matches(source, source_matchers) &&
      matches(target, target_matchers) &&
      equal.every((label) => value(source, label) === value(target, label)),
  );
}

describe('each inhibition', () => {
  it.each(inhibitRules)('matches existing alerts: $source_matchers.0 inhibits $target_matchers.0', (rule) => {
    for (const matchers of [rule.source_matchers, rule.target_matchers]) {
      const empty = pattern(matchers).filter((one) => !names.some((name) => one.test(name)));
      expect(empty).toEqual([]);
    }
  });

  it('compares only labels that the source alert always has', () => {
    const lacking = pairs.flatMap(({ rule, source }) =>
      (rule.equal ?? [])
        .filter((label) => !labelsOf(source, rule.source_matchers).always.has(label))
        .map((label) => `${source} can lack ${label}`),
    );
    expect([...new Set(lacking)]).toEqual([]);
  });

  it('lists in `equal` only labels that the target alert can have', () => {
    const lacking = pairs.flatMap(({ rule, target }) =>
      (rule.equal ?? [])
        .filter((label) => !labelsOf(target, rule.target_matchers).possible.has(label))
        .map((label) => `${target} never has ${label}`),
    );
    expect([...new Set(lacking)]).toEqual([]);
  });

  it('has a list `equal` if its source and target alerts always share a label', () => {
    const unchecked = pairs
      .filter(({ rule }) => !rule.equal)
      .flatMap(({ rule, source, target }) =>
        [...labelsOf(source, rule.source_matchers).always]
          .filter((label) => labelsOf(target, rule.target_matchers).always.has(label))
          .map((label) => `${source} and ${target} both have ${label}`),
      );
    expect(unchecked).toEqual([]);
  });

  it.each([
    [
      { alertname: 'BatchDataStale', job: 'payroll' },
      { alertname: 'BatchRunFailed', job: 'billing' },
    ],
    [
      { alertname: 'BatchDataStale', job: 'payroll' },
      { alertname: 'BatchRunMissing', job: 'billing' },
    ],
    [
      { alertname: 'BatchDataStale', job: 'payroll', region: 'a' },
      { alertname: 'BatchRunFailed', job: 'payroll', region: 'b' },
    ],
    [
      { alertname: 'BatchDataStale', job: 'payroll', dag_id: 'a', region: 'a' },
      { alertname: 'BatchRunFailed', job: 'payroll', dag_id: 'a', region: 'b' },
    ],
    [
      { alertname: 'BatchDataStale', job: batchJob, dag_id: etlDagId },
      { alertname: 'BatchRunFailed', job: batchJob, dag_id: 'b' },
    ],
    [
      { alertname: 'BatchDataStale', job: 'payroll', dag_id: 'a' },
      { alertname: 'BatchRunFailed', job: 'billing', dag_id: 'a' },
    ],
    [
      { alertname: 'BatchPusherDown', job: jobs.batchPusher, instance: 'a' },
      { alertname: 'BatchDataStale', job: 'payroll' },
    ],
    [
      { alertname: 'AlertmanagerDown', job: jobs.alertmanager, instance: 'a' },
      { alertname: 'NotificationsFailing', instance: 'b', integration: 'slack' },
    ],
    [
      { alertname: 'NatsServerDown', cluster: 'a', job: 'x/nats', instance: '1' },
      { alertname: 'NatsExporterDown', cluster: 'a', job: 'x/nats', instance: '2' },
    ],
    [
      { alertname: 'EdgeClusterSilent', cluster: 'a' },
      { alertname: 'TargetMissing', job: jobs.pushgateway },
    ],
  ])('does not inhibit an unrelated alert: source %o, target %o', (source, target) => {
    expect(inhibits(source, target)).toBe(false);
  });

  it.each([
    [
      { alertname: 'BatchDataStale', job: batchJob, dag_id: etlDagId },
      { alertname: 'BatchRunFailed', job: batchJob, dag_id: etlDagId },
    ],
    [
      { alertname: 'NatsServerDown', cluster: 'a', job: 'x/nats', instance: '1' },
      { alertname: 'NatsExporterDown', cluster: 'a', job: 'x/nats', instance: '1' },
    ],
    [
      { alertname: 'EdgeClusterSilent', cluster: 'a' },
      { alertname: 'TargetMissing', job: 'x/nats', cluster: 'a' },
    ],
  ])('inhibits an alert about the same job, server or cluster: source %o, target %o', (source, target) => {
    expect(inhibits(source, target)).toBe(true);
  });

  it('inhibits a critical alert only if the source alert is also critical', () => {
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

describe('the alert about a cause', () => {
  it.each([
    ['EdgeClusterSilent', ['TargetMissing', 'NatsServerDown', 'JetStreamDisabled', 'RemoteWriteBehind']],
    ['EdgeClusterSilent', ['AgentWalDamaged', 'PrometheusAgentDown', 'FreshnessSloBurningFast']],
    ['NatsExporterDown', ['FreshnessSloBurningFast', 'TargetDown']],
    ['NatsServerDown', ['NatsTrafficStopped', 'NatsConsumerStalled', 'JetStreamStorageNearLimit']],
    ['NatsServerDown', ['NatsExporterDown', 'FreshnessSloBurningFast']],
    ['NatsConsumerStalled', ['NatsConsumerLagging']],
    ['UsdtExporterDown', ['UsdtRateMissing', 'UsdtRateStale', 'ExporterSloBurningFast', 'TargetDown']],
    ['UsdtRateStale', ['ExporterSloBurningFast']],
    ['PushgatewayDown', ['PushFailed', 'PushSloBurningFast']],
    ['BatchDataStale', ['BatchRunMissing', 'BatchRunFailed']],
    ['AlertmanagerDown', ['NotificationsFailing']],
    ['FreshnessSloBurningFast', ['FreshnessSloBurningSlow']],
    ['PushSloBurningFast', ['PushSloBurningSlow']],
    ['ExporterSloBurningFast', ['ExporterSloBurningSlow']],
  ])('inhibits alerts about the consequences: source %s, targets %s', (cause, effects) => {
    const withLabels = (alertname: string, labels: ReadonlySet<string>) => {
      const values: Labels = { job: batchJob, dag_id: etlDagId };
      return { ...Object.fromEntries([...labels].map((label) => [label, values[label] ?? 'x'])), alertname };
    };
    const source = withLabels(cause, labelsOf(cause, []).possible);
    const missed = effects.filter(
      (effect) => !inhibits(source, withLabels(effect, labelsOf(effect, []).possible)),
    );
    expect(missed).toEqual([]);
  });
});

describe('alerts', () => {
  it('use `{{ with }}` to show a label that can be missing', () => {
    const unknown = alerts.flatMap(({ alert, annotations }) => {
      const texts = Object.values(annotations).join(' ');
      const always = texts.replace(/\{\{ with .*?\{\{ end \}\}/g, '');
      const shown = [...always.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label as string);
      const lacking = shown.filter((label) => !labelsOfAlert(alert).always.has(label));
      return lacking.map((label) => `${alert}: ${label}`);
    });
    expect(unknown).toEqual([]);
  });

  it('have an expression with at least one selector, such as `up{job="a"}`', () => {
    expect(alerts.filter(({ expr }) => analyse(expr).selectors.length === 0)).toEqual([]);
  });
});
