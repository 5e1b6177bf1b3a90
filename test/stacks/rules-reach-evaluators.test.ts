import { describe, expect, it } from 'vitest';
import { namespaces } from '../../config/topology.ts';
import { canonical } from '../../metrics/promql-canonical.ts';
import type { Selector } from '../../modules/kubernetes/prometheus-operator/selection.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { prometheusRules } from '../../rules/index.ts';
import { missingProgram } from '../../rules/missing-program.ts';
import { expectedOf } from '../../sources/index.ts';
import { checkedEnvironments } from '../../stacks/checked-environments.ts';
import { ruleOptions } from '../../stacks/rule-options.ts';
import type { Manifest } from '../modules/kubernetes/manifest.ts';
import { committed, moving, variants } from './environments.ts';
import { blocks, type StackJson, synthesize, valuesOf } from './synthesis.ts';

const sets: readonly (readonly EnvironmentValues[])[] = [committed, variants, Object.values(moving)];
const all = sets.flat();
const stacks = new Map<string, StackJson>();
for (const set of sets) for (const [name, stack] of (await synthesize(set)).stacks) stacks.set(name, stack);
const release = 'kube-prometheus-stack';

function monitoring(environment: string): StackJson {
  const stack = stacks.get(`${environment}-monitoring`);
  if (!stack) throw new Error(`no stack for the monitoring of ${environment}`);
  return stack;
}

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
}

function objectRules(stack: StackJson): readonly Rule[] {
  const map: Readonly<Record<string, { readonly groups: readonly { readonly rules: readonly Rule[] }[] }>> =
    valuesOf(stack, release).additionalPrometheusRulesMap;
  return Object.values(map).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

const named = ({ alert, record, expr }: Rule) => `${alert ?? record}: ${canonical(expr)}`;

/** Namespace and labels of a PrometheusRule object that the chart kube-prometheus-stack creates. */
const objectPlace = (stack: StackJson) => {
  const [block] = blocks(stack, 'helm_release').filter(({ name }) => name === release);
  return { labels: { release: String(block?.name) }, namespace: String(block?.namespace) };
};

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
) {
  return (
    Object.entries(matchLabels).every(([label, value]) => labels[label] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
}

interface Evaluator {
  readonly kind: 'Prometheus' | 'ThanosRuler';
  readonly ruleSelector: Selector;
  readonly ruleNamespaceSelector: Selector;
  readonly sendsAlerts: boolean;
}

function evaluators(stack: StackJson): readonly Evaluator[] {
  const { prometheus, extraManifests } = valuesOf(stack, release);
  const { prometheusSpec } = prometheus;
  const rulers = (extraManifests as readonly Manifest[]).filter(({ kind }) => kind === 'ThanosRuler');
  return [
    { kind: 'Prometheus', ...prometheusSpec, sendsAlerts: !prometheusSpec.additionalAlertRelabelConfigs },
    ...rulers.map(({ spec }) => ({
      kind: 'ThanosRuler' as const,
      ruleSelector: spec.ruleSelector,
      ruleNamespaceSelector: spec.ruleNamespaceSelector,
      sendsAlerts: spec.alertmanagersConfig !== undefined,
    })),
  ];
}

describe.each(all)('the environment $name', (values) => {
  const stack = monitoring(values.name);

  it('has all its rules in PrometheusRule objects', async () => {
    const [environment] = await checkedEnvironments([values]);
    if (!environment) throw new Error(`no environment ${values.name}`);
    const expected = expectedOf(environment);
    const loaded = objectRules(stack);
    const names = new Set(loaded.map(({ alert, record }) => alert ?? record));
    const { overrides = {} } = environment.alerting;
    const disabled = (alert: string) =>
      Object.entries(overrides).some(
        ([name, { disabled: reason }]) => name === alert && reason !== undefined,
      );
    const missing = ruleGroups
      .filter((group) => missingProgram(group, { profile: 'production', expected }) === undefined)
      .flatMap(({ alerting = [], recording = [] }) => [
        ...alerting
          .filter(({ alert, chartAlert }) => chartAlert === undefined && !disabled(alert))
          .map(({ alert }) => alert),
        ...recording.map(({ record }) => record.name),
      ])
      .filter((name) => !names.has(name));
    expect(missing).toEqual([]);
    const declared = prometheusRules(ruleOptions(environment)).groups.flatMap(
      ({ rules }) => rules as readonly Rule[],
    );
    expect(loaded.map(named).sort()).toEqual(declared.map(named).sort());
  });

  it('has one program that evaluates its rules and sends the alerts', () => {
    const { labels, namespace } = objectPlace(stack);
    expect(namespace).toContain(namespaces.monitoring);
    const evaluating = evaluators(stack).filter(
      ({ ruleSelector, ruleNamespaceSelector }) =>
        selects(ruleSelector, labels) &&
        selects(ruleNamespaceSelector, { 'kubernetes.io/metadata.name': namespaces.monitoring }),
    );
    const { engine, alsoWriteTo } = { alsoWriteTo: undefined, ...values.central };
    const kinds = { thanos: 'ThanosRuler', prometheus: 'Prometheus', 'azure-monitor': 'Prometheus' } as const;
    expect(evaluating.filter(({ sendsAlerts }) => sendsAlerts).map(({ kind }) => kind)).toEqual([
      kinds[engine ?? 'prometheus'],
    ]);
    expect(evaluating).toHaveLength(alsoWriteTo ? 2 : 1);
  });
});

it('Azure Monitor evaluates no alert except CentralPrometheusSilent', () => {
  const groups = [...stacks.values()].flatMap((stack) =>
    blocks(stack, 'azurerm_monitor_alert_prometheus_rule_group'),
  );
  expect(groups.length).toBeGreaterThan(0);
  const names = groups.flatMap(({ rule }) =>
    (rule as readonly { readonly alert: string }[]).map(({ alert }) => alert),
  );
  const known = new Set(ruleGroups.flatMap(({ alerting = [] }) => alerting.map(({ alert }) => alert)));
  expect(names).toEqual(names.map(() => 'CentralPrometheusSilent'));
  expect(names.filter((name) => known.has(name))).toEqual([]);
});
