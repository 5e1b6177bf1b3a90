import type { PrometheusRule } from '../../rules/index.ts';
import { prometheusRules, type RuleOptions } from '../../rules/index.ts';
import { expectedEverywhere } from '../../sources/index.ts';
import { expand } from './annotations.ts';
import type { AlertCase, RecordingCase } from './case.ts';

type Alert = Extract<PrometheusRule, { readonly alert: string }>;
type Recording = Extract<PrometheusRule, { readonly record: string }>;

/** All rules, also rules with an equal alert in the chart kube-prometheus-stack. */
const productionRules = prometheusRules({
  profile: 'production',
  chartRules: false,
  expected: expectedEverywhere,
});

const rules = productionRules.groups.flatMap((group) => group.rules);
export const alerts = rules.filter((rule): rule is Alert => 'alert' in rule);
export const recordings = rules.filter((rule): rule is Recording => 'record' in rule);

export const alertsWith = (overrides: NonNullable<RuleOptions['overrides']>): readonly Alert[] =>
  prometheusRules({ chartRules: false, expected: expectedEverywhere, overrides })
    .groups.flatMap((group) => group.rules)
    .filter((rule): rule is Alert => 'alert' in rule);

export interface RuleTest {
  readonly name: string;
  readonly rules: {
    readonly groups: readonly { readonly name: string; readonly rules: readonly PrometheusRule[] }[];
  };
  readonly test: (ruleFile: string) => unknown;
}

type Times = Pick<AlertCase, 'step' | 'evaluatedEvery'>;

const timesOf = ({ step, evaluatedEvery }: Times) => [
  ...(step === undefined ? [] : [`step-${step}`]),
  ...(evaluatedEvery === undefined ? [] : [`every-${evaluatedEvery}`]),
];

/** Makes several test files, because a test file of promtool has only one evaluation interval. */
export function alertTests(
  cases: readonly AlertCase[],
  overrides?: RuleOptions['overrides'],
): readonly RuleTest[] {
  const tested = overrides ? alertsWith(overrides) : alerts;
  const groups = new Map<string, AlertCase[]>();
  for (const one of cases) {
    const unrecorded = one.recordings === false ? ['unrecorded'] : [];
    const key = [one.alert, ...timesOf(one), ...unrecorded].join('.');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([name, ofAlert]) => alertTest(name, ofAlert, tested));
}

/** Loads only the necessary rules, because promtool is slower with more rules. */
function alertTest(name: string, cases: readonly AlertCase[], tested: readonly Alert[]): RuleTest {
  const [first] = cases as readonly [AlertCase];
  const { alert, step, recordings: recorded } = first;
  const rule = tested.find((candidate) => candidate.alert === alert);
  if (!rule) throw new Error(`There are cases for ${alert}, and no such alert`);
  const tests = cases.map(({ when, series, at, notYet, fires = [] }) => ({
    name: `${alert}: ${when}`,
    interval: step ?? '30s',
    input_series: series,
    alert_rule_test: [
      {
        alertname: alert,
        eval_time: at,
        exp_alerts: fires.map(({ labels, value }) => ({
          exp_labels: { ...labels, ...rule.labels },
          exp_annotations: Object.fromEntries(
            Object.entries(rule.annotations).map(([name, template]) => [
              name,
              expand(template, labels, value),
            ]),
          ),
        })),
      },
      ...(notYet ? [{ alertname: alert, eval_time: notYet, exp_alerts: [] }] : []),
    ],
  }));
  const read = recorded === false ? [] : recordingsFor(rule.expr);
  return ruleTest(name, [...read, rule], first, tests);
}

/** The recording rules that an expression needs, in the order of their evaluation. */
function recordingsFor(expr: string): readonly Recording[] {
  // A selector with `slo="push"` does not read the series of a rule with the label `slo="pull"`.
  const isRead = ([label, value]: readonly [string, string]) =>
    label !== 'slo' || !expr.includes(`${label}="`) || expr.includes(`${label}="${value}"`);
  const read = recordings.filter(
    ({ record, labels = {} }) =>
      record.includes(':') && expr.includes(record) && Object.entries(labels).every(isRead),
  );
  const all = new Set(read.flatMap((rule) => [rule, ...recordingsFor(rule.expr)]));
  return recordings.filter((rule) => all.has(rule));
}

export function recordingTests(cases: readonly RecordingCase[]): readonly RuleTest[] {
  const groups = new Map<string, RecordingCase[]>();
  for (const one of cases) {
    const key = [one.record, ...timesOf(one)].join('.');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([name, ofRecord]) => recordingTest(name, ofRecord));
}

function recordingTest(name: string, cases: readonly RecordingCase[]): RuleTest {
  const [first] = cases as readonly [RecordingCase];
  const { record, step } = first;
  const tests = cases.map(({ when, series, at, stores }) => ({
    name: `${record}: ${when}`,
    interval: step ?? '30s',
    input_series: series,
    promql_expr_test: [
      {
        expr: record,
        eval_time: at,
        exp_samples: stores.map(({ labels, value }) => ({ labels: notation(record, labels), value })),
      },
    ],
  }));
  const stored = recordings.filter((rule) => rule.record === record);
  const read = stored.flatMap(({ expr }) => recordingsFor(expr));
  return ruleTest(name, [...new Set([...read, ...stored])], first, tests);
}

function ruleTest(
  name: string,
  needed: readonly PrometheusRule[],
  { step = '30s', evaluatedEvery = step }: Times,
  tests: readonly unknown[],
): RuleTest {
  return {
    name: name.replaceAll(':', '.'),
    rules: { groups: [{ name, rules: needed }] },
    test: (ruleFile) => ({ rule_files: [ruleFile], evaluation_interval: evaluatedEvery, tests }),
  };
}

function notation(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
