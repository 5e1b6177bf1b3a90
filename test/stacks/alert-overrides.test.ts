import { describe, expect, it } from 'vitest';
import { dashboardJson, dashboards } from '../../dashboards/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { dashboardUids, dashboardUidsFor } from '../../rules/index.ts';
import { expectedWithThanos } from '../../sources/index.ts';
import { adjusted, onThanos } from './environments.ts';
import { blocks, type StackJson, stackOf, synthesize, valuesOf } from './synthesis.ts';

const { overrides: _, chartRules: __, ...alerting } = adjusted.alerting;
const plain: EnvironmentValues = { ...adjusted, alerting };

const monitoring = (all: Awaited<ReturnType<typeof synthesize>>) => stackOf(all, 'adjusted-monitoring');
const [withChanges, without] = [
  monitoring(await synthesize([adjusted])),
  monitoring(await synthesize([plain])),
];

const valuesIn = (stack: StackJson) => valuesOf(stack, 'kube-prometheus-stack');
const alertsIn = (stack: StackJson): readonly { readonly alert?: string; readonly expr: string }[] =>
  valuesIn(stack).additionalPrometheusRulesMap.platform.groups.flatMap(
    ({ rules }: { readonly rules: readonly object[] }) => rules,
  );
const alertIn = (stack: StackJson, name: string) => alertsIn(stack).find(({ alert }) => alert === name);

function boardsIn(stack: StackJson): ReadonlyMap<string, string> {
  const texts = blocks(stack, 'kubernetes_config_map_v1').flatMap(({ data }) =>
    Object.entries((data ?? {}) as Record<string, string>),
  );
  return new Map(texts.filter(([file]) => file.endsWith('-dashboard.json')));
}

const filesOf = (uids: readonly string[]) =>
  dashboards
    .filter(({ uid }) => uids.includes(uid))
    .map(({ fileName }) => fileName)
    .sort();

describe('an environment with overrides', () => {
  it('installs the changed rules and leaves out the disabled alert', () => {
    expect(alertIn(withChanges, 'NatsConnectionsNearLimit')?.expr).toContain('> 0.9');
    expect(alertIn(without, 'NatsConnectionsNearLimit')?.expr).toContain('> 0.8');
    expect(alertIn(withChanges, 'UsdtMarketThin')).toBeUndefined();
    expect(alertIn(without, 'UsdtMarketThin')).toBeDefined();
  });

  it('has dashboards that show the changed thresholds', () => {
    const [changed, declared] = [boardsIn(withChanges), boardsIn(without)];
    expect([...changed.keys()].sort()).toEqual(filesOf(dashboardUids));
    const different = [...changed]
      .filter(([file, text]) => declared.get(file) !== text)
      .map(([file]) => file);
    expect(different.sort()).toEqual([
      'airflow-metrics-dashboard.json',
      'nats-dashboard.json',
      'usdt-vnd-dashboard.json',
    ]);
    const stepsOf = (text = '{}', title: string) =>
      JSON.parse(text)
        .panels.find((panel: { readonly title: string }) => panel.title === title)
        .fieldConfig.defaults.thresholds.steps.map(({ value }: { readonly value: number | null }) => value);
    expect(stepsOf(changed.get('usdt-vnd-dashboard.json'), 'Age of the rate')).toEqual([null, 900]);
    expect(stepsOf(declared.get('usdt-vnd-dashboard.json'), 'Age of the rate')).toEqual([null, 1200, 1800]);
  });

  it('switches chart rules off by group and by name', () => {
    expect(valuesIn(withChanges).defaultRules).toEqual({
      rules: { kubernetesApps: false },
      disabled: { PrometheusBadConfig: true },
    });
    expect(valuesIn(without).defaultRules).toBeUndefined();
    expect(alertIn(withChanges, 'PrometheusConfigReloadFailed')).toBeDefined();
    expect(alertIn(without, 'PrometheusConfigReloadFailed')).toBeUndefined();
  });

  it('does not allow a warning alert to inhibit a critical alert', () => {
    const inhibited = (stack: StackJson, source: string) =>
      valuesIn(stack)
        .alertmanager.config.inhibit_rules.filter(
          ({ source_matchers: [matcher] }: { readonly source_matchers: readonly string[] }) =>
            matcher?.includes(source),
        )
        .flatMap(({ target_matchers }: { readonly target_matchers: readonly string[] }) => target_matchers)
        .join(' ');
    expect(inhibited(without, 'NatsServerDown')).toMatch(/JetStream\.\+/);
    expect(inhibited(withChanges, 'NatsServerDown')).not.toMatch(
      /JetStreamStorageNearLimit|NatsExporterDown/,
    );
    expect(inhibited(withChanges, 'NatsServerDown')).toContain('NatsTrafficStopped');
    expect(inhibited(withChanges, 'EdgeClusterSilent')).toBe(inhibited(without, 'EdgeClusterSilent'));
  });
});

it('the dashboards of an environment without overrides show the default thresholds', () => {
  for (const board of dashboards.filter(({ uid }) => (dashboardUids as readonly string[]).includes(uid))) {
    const text = boardsIn(without).get(board.fileName)?.replaceAll('$${', '${') ?? '';
    expect(JSON.parse(text)).toEqual(JSON.parse(dashboardJson(board)));
  }
});

it('the dashboards of Thanos show the changed thresholds of an environment', async () => {
  const changed: EnvironmentValues = {
    ...onThanos,
    alerting: {
      ...onThanos.alerting,
      overrides: { ThanosQueriesSlow: { threshold: { duration: '20s' } } },
    },
  };
  const stack = stackOf(await synthesize([changed]), 'thanos-monitoring');
  const boards = boardsIn(stack);
  expect([...boards.keys()].sort()).toEqual(filesOf(dashboardUidsFor(expectedWithThanos)));
  expect(boards.get('thanos-dashboard.json')).toContain('end within 20 seconds, ThanosQueriesSlow fires.');
});
