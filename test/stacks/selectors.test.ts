import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../modules/kubernetes/manifest.ts';
import { committed, variants } from './environments.ts';
import { blocks, type StackJson, synthesize } from './synthesis.ts';

const stacks = [...(await synthesize(committed)).stacks, ...(await synthesize(variants)).stacks];

const types = join(
  import.meta.dirname,
  '../../node_modules/@kubernetes-models/prometheus-operator/monitoring.coreos.com',
);

/** Returns names of selectors, for example `serviceMonitorSelector`. */
function selectorsOf(type: string): string[] {
  const text = readFileSync(join(types, `${type}.d.ts`), 'utf8');
  const names = [...text.matchAll(/"(\w+Selector)"\?: \w+LabelSelector;/g)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}

const selectors = {
  prometheus: selectorsOf('v1/PrometheusSpec'),
  alertmanager: selectorsOf('v1/AlertmanagerSpec'),
  agent: selectorsOf('v1alpha1/PrometheusAgentSpec'),
  ruler: selectorsOf('v1/ThanosRulerSpec'),
} as const;

interface Found {
  readonly matchLabels?: object;
  readonly matchExpressions?: readonly object[];
}

/** @returns false for an empty selector, because an empty selector selects all objects */
function restricts({ matchLabels = {}, matchExpressions = [] }: Found = {}): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length > 0;
}

// biome-ignore lint/suspicious/noExplicitAny: the values of charts have no common type
type Values = any;

const releases = ([name, stack]: readonly [string, StackJson]) =>
  blocks(stack, 'helm_release').map(({ name: release, values }) => ({
    where: `${name} ${release}`,
    values: JSON.parse((values as string[])[0] ?? '') as Values,
  }));

const all = stacks.flatMap(releases);
const kubePrometheusStacks = all.filter(({ values }) => values.prometheusOperator);
const central = kubePrometheusStacks.filter(({ values }) => values.prometheus.prometheusSpec);
const riding = all.flatMap(({ where, values: { extraManifests = [], extraResources = [] } }) =>
  [...extraManifests, ...extraResources]
    .filter((manifest: unknown): manifest is Manifest => typeof manifest === 'object')
    .map((manifest) => ({ where: `${where} ${manifest.kind} ${manifest.metadata.name}`, manifest })),
);
const ofKind = (...kinds: string[]) => riding.filter(({ manifest }) => kinds.includes(manifest.kind));

it('the CRDs of the Prometheus Operator contain the selectors that selectors.test.ts checks', () => {
  expect(selectors.prometheus).toContain('scrapeConfigNamespaceSelector');
  expect(selectors.alertmanager).toEqual([
    'alertmanagerConfigNamespaceSelector',
    'alertmanagerConfigSelector',
  ]);
  expect(selectors.agent).toContain('podMonitorSelector');
  expect(central.length).toBeGreaterThanOrEqual(committed.length + variants.length);
});

describe('in all stacks', () => {
  it.each(central)('no selector of Prometheus or Alertmanager selects all objects: $where', ({ values }) => {
    const set = {
      ...values.prometheus.prometheusSpec,
      ...values.alertmanager.alertmanagerSpec,
    };
    const names = [...selectors.prometheus, ...selectors.alertmanager];
    expect(names.filter((name) => !restricts(set[name]))).toEqual([]);
    const expected = set.podMonitorNamespaceSelector;
    for (const name of names.filter((other) => other.endsWith('NamespaceSelector'))) {
      expect(set[name], name).toEqual(expected);
    }
    expect(set.ignoreNamespaceSelectors ?? false).toBe(false);
  });

  it('no selector of an agent selects all objects or another namespace', () => {
    const agents = ofKind('PrometheusAgent');
    expect(agents.length).toBeGreaterThan(3);
    for (const { where, manifest } of agents) {
      const wide = selectors.agent.filter((name) => name in manifest.spec && !restricts(manifest.spec[name]));
      expect(wide, where).toEqual([]);
      expect(restricts(manifest.spec.podMonitorSelector), where).toBe(true);
      expect(
        selectors.agent.filter((name) => name.endsWith('NamespaceSelector') && name in manifest.spec),
      ).toEqual([]);
    }
  });

  it('a Thanos ruler and the central Prometheus have the same rule selectors', () => {
    const rulers = ofKind('ThanosRuler');
    expect(rulers).toHaveLength(2);
    expect(selectors.ruler).toEqual(['ruleNamespaceSelector', 'ruleSelector']);
    const [{ values }] = central as [(typeof central)[number]];
    const { ruleSelector, ruleNamespaceSelector } = values.prometheus.prometheusSpec;
    for (const { where, manifest } of rulers) {
      expect(manifest.spec, where).toMatchObject({ ruleSelector, ruleNamespaceSelector });
    }
  });

  it('a ServiceMonitor or PodMonitor selects only objects in its own namespace', () => {
    const monitors = ofKind('ServiceMonitor', 'PodMonitor');
    expect(monitors.length).toBeGreaterThan(3);
    for (const { where, manifest } of monitors) {
      expect(restricts(manifest.spec.selector), where).toBe(true);
      expect(manifest.spec, where).not.toHaveProperty('namespaceSelector');
    }
  });

  it('extra manifests use only four of the kinds that the Prometheus Operator defines', () => {
    const known = ['PrometheusAgent', 'ThanosRuler', 'ServiceMonitor', 'PodMonitor'];
    const others = riding.filter(({ manifest: { kind } }) => !known.includes(kind));
    const text = (manifest: Manifest) => JSON.stringify(manifest);
    const withSelector = others.filter(({ manifest }) => /monitoring\.coreos\.com/.test(text(manifest)));
    expect(withSelector.map(({ where }) => where)).toEqual([]);
    for (const { where, values } of kubePrometheusStacks) {
      expect(values.thanosRuler?.enabled ?? false, where).toBe(false);
    }
  });
});

describe('the webhook of the operator', () => {
  it.each(kubePrometheusStacks)(
    'selects only namespaces whose rules Prometheus reads: $where',
    ({ values }) => {
      const { namespaceSelector } = values.prometheusOperator.admissionWebhooks;
      expect(restricts(namespaceSelector)).toBe(true);
      const taken = values.prometheus.prometheusSpec?.ruleNamespaceSelector;
      if (taken) expect(namespaceSelector).toEqual(taken);
    },
  );
});
